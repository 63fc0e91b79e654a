package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.core.Pause;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The project's own template, run as {@code make run} runs it. */
@TestInstance(Lifecycle.PER_CLASS)
class LocalHostTest {

  private static final Path TEMPLATE = Path.of("../../template.yaml");
  private static final Pattern LINK =
      Pattern.compile("(http://\\S+/verify/\\S+)\\?token=([\\w-]+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private LocalHost host;
  private int people;

  @BeforeAll
  void start() throws IOException {
    host = LocalHost.start(Options.quiet(TEMPLATE));
  }

  @AfterAll
  void stop() throws IOException {
    host.close();
    client.close();
  }

  @Test
  void aSubmissionBecomesACustomer() throws Exception {
    submit();

    Matcher link = LINK.matcher(host.inbox().mails().getLast().text());
    assertThat(link.find()).isTrue();
    String verify = URI.create(link.group(1)).getPath();
    assertThat(get(verify + "?token=" + link.group(2)).statusCode()).isEqualTo(200);
    var pressed = post(verify, "application/x-www-form-urlencoded", "token=" + link.group(2));
    assertThat(pressed.statusCode()).isEqualTo(303);
    host.drain(Patience.LIMIT);

    assertThat(host.operator().dynamoDb().scan(scan -> scan.tableName("customers")).items())
        .hasSize(1);
    assertThat(host.logs().get("StoreFunction")).isNotEmpty();
    assertThat(get("/_local/").body())
        .contains("ciphertext", link.group(1), "StoreFunction")
        .doesNotContain("<b>Hi</b>", "denied by its role");
  }

  @Test
  void theFirstAddressLeadsToThePageAboutTheRun() throws Exception {
    var response = get("/");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("location")).contains("/_local/");
  }

  @Test
  void mailsAreThereAsJson() throws Exception {
    submit();

    JsonNode mail = json(get("/_local/mail")).get(0);
    assertThat(mail.fieldNames())
        .toIterable()
        .containsExactly("to", "from", "replyTo", "subject", "headers", "text", "html", "at");
    assertThat(mail.path("from").asText())
        .isEqualTo(mail.at("/headers/From").asText())
        .contains("@");
  }

  @Test
  void callsAreThereAsJsonWithWhatAKeyWasUsedForAndNoValueThatWasSent() throws Exception {
    submit();

    JsonNode calls = json(get("/_local/calls"));

    assertThat(calls)
        .isNotEmpty()
        .allSatisfy(
            call ->
                assertThat(call.fieldNames())
                    .toIterable()
                    .containsExactly(
                        "at", "function", "service", "operation", "resource", "context", "denied"))
        .noneMatch(call -> call.path("denied").asBoolean())
        .anySatisfy(
            call -> {
              assertThat(call.path("function").asText()).isEqualTo("IntakeFunction");
              assertThat(call.path("service").asText()).isEqualTo("dynamodb");
              assertThat(call.path("resource").asText()).isEqualTo("submissions");
              assertThat(call.path("context")).isEmpty();
            })
        .anySatisfy(
            call -> {
              assertThat(call.path("function").asText()).isEqualTo("MailerFunction");
              assertThat(call.path("operation").asText()).isEqualTo("Decrypt");
              assertThat(call.path("resource").asText())
                  .isEqualTo(
                      host.stack().keys().stream()
                          .filter(key -> key.logicalId().equals("KeysetKey"))
                          .map(Stack.Key::id)
                          .findFirst()
                          .orElseThrow());
              assertThat(call.at("/context/use").asText()).isNotEmpty();
            });
    assertThat(calls)
        .extracting(call -> Instant.parse(call.path("at").asText()))
        .isSortedAccordingTo(Comparator.naturalOrder());
    assertThat(calls.toString()).doesNotContain("@example.org");
  }

  @Test
  @Tag("slow")
  void theClockIsMovedOnAndWhatBecameDueHasRunWhenTheAnswerComes() throws Exception {
    Instant before = Instant.now();

    var answer = post("/_local/clock", "application/json", "{\"plus\":\"PT24H\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Instant.parse(json(answer).path("now").asText()))
        .isAfter(before.plus(Duration.ofHours(24)));
    assertThat(get("/_local/").body()).contains("schedule ReconcileFunction");
    submit();
    assertThat(host.inbox().mails().getLast().at()).isAfter(before.plus(Duration.ofHours(24)));
  }

  @Test
  @Tag("slow")
  void theClockIsMovedByAButton() throws Exception {
    Instant before = Instant.now();

    var answer = post("/_local/clock/day", "application/x-www-form-urlencoded", "");

    assertThat(answer.statusCode()).isEqualTo(303);
    submit();
    assertThat(host.inbox().mails().getLast().at()).isAfter(before.plus(Duration.ofHours(24)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"plus\":\"a day\"}",
        "{\"plus\":\"-PT1H\"}",
        "{\"plus\":\"PT0S\"}",
        "{\"plus\":\"P4000D\"}",
        "[",
        "{\"plus\":\"PT99999999999999999999H\"}"
      })
  void whereTheClockCannotGoASentenceSaysWhatIsMeant(String body) throws Exception {
    var answer = post("/_local/clock", "application/json", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").asText()).startsWith("Say how far");
  }

  @Test
  void aFunctionCanBeRunByHand() throws Exception {
    assertThat(post("/_local/invoke/KeyRotationFunction", "application/json", "{}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aFunctionThatFailsSaysHow() throws Exception {
    var response = post("/_local/invoke/StoreFunction", "application/json", "{\"Records\":3}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).at("/error/errorType").asText()).isNotEmpty();
  }

  @Test
  void anUnknownFunctionIsAnsweredWithTheNamesOfThoseThereAre() throws Exception {
    var response = post("/_local/invoke/Nobody", "application/json", "{}");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("error").asText()).contains("IntakeFunction", "StoreFunction");
  }

  @Test
  void aPageFromElsewhereCannotSteerTheRun() throws Exception {
    var request =
        HttpRequest.newBuilder(host.uri().resolve("/_local/invoke/KeyRotationFunction"))
            .header("Origin", "https://evil.example")
            .POST(BodyPublishers.noBody());

    assertThat(send(request).statusCode()).isEqualTo(403);
  }

  @Test
  void aTakenPortIsOneSentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var options =
          new Options(
              TEMPLATE,
              taken.getLocalPort(),
              new MovableClock(),
              Pause.REAL,
              Optional.empty(),
              Map.of(),
              Map.of(),
              Optional.empty(),
              Options.Schedules.WHEN_ASKED,
              line -> {});

      assertThatThrownBy(() -> LocalHost.start(options))
          .isInstanceOf(StartFailure.class)
          .hasMessageStartingWith("Port " + taken.getLocalPort() + " cannot be had");
    }
  }

  /** Somebody hands a form in; when this returns, the mail is there. */
  private void submit() throws Exception {
    String submission =
        "{\"name\":\"Ada\",\"email\":\"ada@home-%d.example.org\",\"message\":\"<b>Hi</b>\"}"
            .formatted(++people);
    assertThat(post("/forms/contact", "application/json", submission).statusCode()).isEqualTo(202);
    host.drain(Patience.LIMIT);
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(host.uri().resolve(target)));
  }

  private HttpResponse<String> post(String target, String type, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(host.uri().resolve(target))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}
