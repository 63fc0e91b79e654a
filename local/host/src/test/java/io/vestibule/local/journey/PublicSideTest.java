package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.local.gateway.CallLog.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What faces the internet: what it changes, calls, carries and gives away. */
class PublicSideTest extends Journey {

  @Test
  void getAndHeadChangeNothing() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();
    var before = tables.snapshot();
    var mails = host.inbox().mails().size();

    for (URI page :
        List.of(
            link,
            URI.create(link + "&more=1"),
            host.uri().resolve("/verify/" + id),
            host.uri().resolve("/verify/" + id + "/resend"),
            host.uri().resolve("/forms/contact?email=x@example.com"),
            host.uri().resolve("/nowhere"))) {
      ada.get(page);
      assertThat(ada.head(page).body()).isEmpty();
    }

    host.drain(LIMIT);
    assertThat(tables.snapshot()).isEqualTo(before);
    assertThat(host.inbox().mails()).hasSize(mails);
  }

  @Test
  void headAnswersLikeGetWithoutABody() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    var link = ada.link();

    assertThat(ada.head(link).statusCode()).isEqualTo(ada.get(link).statusCode()).isEqualTo(200);
  }

  @Test
  void anAcceptedSubmissionIsOneRequestToDynamoDbAndNoneToKms() throws Exception {
    var ada = somebody();
    ada.submits(Map.of()); // Warms the environment: it has the public key now.
    try (var recording = host.calls().record()) {
      ada.submits(Map.of());
      assertThat(recording.of("IntakeFunction"))
          .extracting(Call::service, Call::operation)
          .containsExactly(tuple("dynamodb", "PutItem"));
    }
  }

  @Test
  void aNewVerifiedCustomerCostsOneRequestToKms() throws Exception {
    somebody().becomesACustomer(Map.of()); // Warms the environment: it has the system keys now.
    var ada = somebody();
    ada.submits(Map.of());
    var link = ada.link();
    try (var recording = host.calls().record()) {
      ada.presses(link);
      host.drain(LIMIT);
      assertThat(recording.of("StoreFunction"))
          .filteredOn(call -> call.service().equals("kms"))
          .extracting(Call::operation)
          .containsExactly("Encrypt");
    }
  }

  @Test
  void publicFunctionsCallNothingButDynamoDb() throws Exception {
    try (var recording = host.calls().record()) {
      var ada = somebody();
      var id = ada.becomesACustomer(Map.of());
      ada.asksForANewLink(id);

      assertThat(recording.of("IntakeFunction")).isNotEmpty();
      assertThat(recording.of("VerifyFunction")).isNotEmpty();
      assertThat(recording.calls())
          .filteredOn(call -> List.of("IntakeFunction", "VerifyFunction").contains(call.caller()))
          .allSatisfy(call -> assertThat(call.service()).isEqualTo("dynamodb"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"intake", "verification"})
  void aPublicArtifactCarriesNoKeysAndNoClientThatCouldUseThem(String function) throws IOException {
    assertThat(jars(function))
        .anyMatch(jar -> jar.startsWith("dynamodb-"))
        .noneMatch(jar -> jar.matches("(kms|s3|ses|sesv2|vestibule-keys)-.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail", "storage", "deletion"})
  void theSameLookAtAPrivateArtifactFindsThem(String function) throws IOException {
    assertThat(jars(function)).anyMatch(jar -> jar.matches("(kms|vestibule-keys)-.*"));
  }

  private static List<String> jars(String function) throws IOException {
    var artifact = Path.of("..", "..", "functions", function, "target", "function.zip");
    try (var zip = new ZipFile(artifact.toFile())) {
      return zip.stream().map(entry -> entry.getName().replaceFirst("lib/", "")).toList();
    }
  }

  @Test
  void answersDoNotTellWhetherAnAddressIsKnown() throws Exception {
    var known = somebody();
    known.becomesACustomer(Map.of());
    var stranger = somebody();
    known.submits(Map.of()); // Both have handed in before, and are warm alike.

    assertThat(fingerprint(known)).isEqualTo(fingerprint(stranger));
  }

  /**
   * Everything of an answer that a stranger can see, but for the id, the number that is made of it,
   * and the time; and the calls.
   */
  private List<Object> fingerprint(Person person) throws Exception {
    try (var recording = host.calls().record()) {
      var answer = person.posts(Map.of());
      var headers = new TreeMap<>(answer.headers().map());
      headers.remove("date");
      return List.of(
          answer.statusCode(),
          answer.body().replaceAll("\"id\":\"[^\"]{23}\"", "\"id\"").replaceAll("V-\\w{6}", "V-"),
          headers,
          recording.of("IntakeFunction").stream().map(PublicSideTest::shape).toList());
    }
  }

  private static String shape(Call call) {
    return call.operation()
        + call.accesses().stream().map(it -> it.action() + it.resourceArn()).toList();
  }

  @Test
  void aCallThatTheRoleDoesNotGrantIsDeniedAsAtAws() throws Exception {
    var request =
        HttpRequest.newBuilder(host.aws())
            .header("X-Amz-Target", "DynamoDB_20120810.Scan")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=IntakeFunction/20261121/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString("{\"TableName\":\"submissions\"}"))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("AccessDeniedException")
        .contains("not authorized to perform: dynamodb:Scan");
  }
}
