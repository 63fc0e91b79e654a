package io.vestibule.local.chaos;

import static io.vestibule.local.journey.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Journey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** A row goes from one status to another while the rotation looks which keys are needed. */
class RotationInMotionTest extends Journey {

  private static final int RETIRED_FOR_DAYS = 4;

  private final SecureRandom random = new SecureRandom();

  @BeforeAll
  void standStill() {
    host.stopEvents();
  }

  @BeforeEach
  void beginAnew() {
    tables.clear("submissions");
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  /** It is in the index twice: under where it was, and under where it is. */
  @Test
  void aRowThatGoesOnMeanwhileKeepsItsKeyAndTheOthersAreDestroyed() {
    var needed = current();
    var id = put("MAILED", needed);
    var unneeded = rotatedPastTheEndOf(needed);
    CallInterceptor.disturb(beforeTheFirstQueryFor("VERIFIED", () -> move(id, "VERIFIED")));

    rotate();

    assertThat(keys()).contains(needed).doesNotContainAnyElementsOf(unneeded);
  }

  /** It is in neither query: it has left the one status, and the other was asked before. */
  @Test
  void aRowThatIsReleasedMeanwhileKeepsItsKey() {
    var needed = current();
    var id = put("HELD", needed);
    var unneeded = rotatedPastTheEndOf(needed);
    CallInterceptor.disturb(beforeTheFirstQueryFor("MAILING", () -> move(id, "PENDING")));

    rotate();

    assertThat(keys()).contains(needed).doesNotContainAnyElementsOf(unneeded);
  }

  /** Lambda would repeat a run that failed, and each repetition would make one more key. */
  @Test
  void aRunThatCannotSeeWhichKeysAreNeededMakesOneKeyAndDestroysNone() {
    rotatedPastTheEndOf(current());
    var before = keys();
    CallInterceptor.disturb(beforeTheFirstQueryFor("VERIFIED", RotationInMotionTest::fail));

    rotate();

    assertThat(keys()).containsAll(before).hasSize(before.size() + 1);
  }

  @Test
  void aDeploymentMakesAKeyAndDoesNotWaitForTheEndOfOthers() throws Exception {
    rotatedPastTheEndOf(current());
    var before = keys();
    CallInterceptor.disturb(beforeTheFirstQueryFor("VERIFIED", RotationInMotionTest::fail));

    assertThat(stackIsUpdated()).isEqualTo("SUCCESS");

    assertThat(keys()).containsAll(before).hasSize(before.size() + 1);
  }

  private static void fail() {
    throw SdkClientException.create("injected");
  }

  /** A row that was sealed with a key. */
  private String put(String status, String key) {
    var id = RowId.random(Destination.STORAGE, random).value();
    var columns =
        Map.of(
            "id",
            id,
            "form",
            "contact",
            "status",
            status,
            "open",
            open(id, status),
            "createdAt",
            Timestamp.of(clock.instant()),
            "sealingKey",
            key);
    var item = new HashMap<String, AttributeValue>();
    columns.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    host.operator().dynamoDb().putItem(put -> put.tableName("submissions").item(item));
    return id;
  }

  /**
   * The keys that end with the next rotation and that no row names. The last days pass without one,
   * so that the next finds keys to destroy.
   */
  private List<String> rotatedPastTheEndOf(String key) {
    for (int i = 0; i < 2; i++) {
      clock.advance(Duration.ofDays(1));
      rotate();
    }
    var rotated = keys().stream().filter(it -> !it.equals(key)).toList();
    clock.advance(Duration.ofDays(RETIRED_FOR_DAYS));
    clock.advance(Duration.ofMinutes(1));
    return rotated.stream().filter(it -> !it.equals(current())).toList();
  }

  private String current() {
    return tables.items("sealing-keys").stream()
        .filter(item -> text(item, "name").equals("public"))
        .map(item -> text(item, "id"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> keys() {
    return tables.items("sealing-keys").stream()
        .map(item -> text(item, "name"))
        .filter(name -> name.startsWith("private#"))
        .map(name -> name.substring("private#".length()))
        .toList();
  }

  private void move(String id, String status) {
    tables.set(id, Map.of("status", status, "open", open(id, status)));
  }

  private static String open(String id, String status) {
    return status + "#" + Math.floorMod(id.hashCode(), 8);
  }

  private static Disturbance beforeTheFirstQueryFor(String status, Runnable meanwhile) {
    var once = new At("KeyRotationFunction Query", meanwhile);
    return new Disturbance() {
      @Override
      public void before(Call call) {
        if (call.request() instanceof QueryRequest query && asksFor(query, status)) {
          once.before(call);
        }
      }
    };
  }

  private static boolean asksFor(QueryRequest query, String status) {
    return query.tableName().equals("submissions")
        && text(query.expressionAttributeValues(), ":open").startsWith(status + "#");
  }

  private void rotate() {
    invoke(Json.MAPPER.createObjectNode());
  }

  /** What the rotation answers CloudFormation. */
  private String stackIsUpdated() throws Exception {
    var answer = new CompletableFuture<JsonNode>();
    var cloudFormation = cloudFormation(answer);
    try {
      invoke(
          Json.MAPPER
              .createObjectNode()
              .put("RequestType", "Update")
              .put("ResponseURL", "http://localhost:" + cloudFormation.getAddress().getPort())
              .put("StackId", "arn:aws:cloudformation:eu-central-1:123456789012:stack/a/b")
              .put("RequestId", "r")
              .put("LogicalResourceId", "FirstSealingKey")
              .put("ResourceType", "Custom::SealingKey"));
      return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).path("Status").asText();
    } finally {
      cloudFormation.stop(0);
    }
  }

  private static HttpServer cloudFormation(CompletableFuture<JsonNode> answer) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          answer.complete(Json.MAPPER.readTree(exchange.getRequestBody()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private void invoke(JsonNode event) {
    var outcome = host.functions().invoke("KeyRotationFunction", event, "test").outcome();
    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
  }
}
