package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.embedded.EmbeddedS3;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventBusTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Invocation> seen = new CopyOnWriteArrayList<>();
  private final Console console = Console.open();
  private EmbeddedS3 server;
  private Operator operator;

  @BeforeAll
  void start() throws IOException {
    server = EmbeddedS3.start();
    operator = Operator.at(server.endpoint(), "eu-central-1");
    operator.s3().createBucket(bucket -> bucket.bucket("unhandled"));
  }

  @AfterEach
  void forget() {
    seen.clear();
  }

  @AfterAll
  void stop() throws Exception {
    console.close();
    operator.close();
    server.close();
  }

  @Test
  void anEventThatFitsReachesTheFunctionAsTheRuleTransformsIt() throws Exception {
    try (var bus = bus(Handlers.Copy.class, Stack.Queue.OF_LAMBDA)) {
      bus.put(event("shop", "open"));
      bus.put(event("school", "open"));
      bus.put(event("shop", "closed"));
      bus.drain(Patience.LIMIT);
    }

    assertThat(seen)
        .extracting(Invocation::outcome)
        .containsExactly(
            new Outcome.Returned(JSON.readTree("{\"is\":\"open\"}")),
            new Outcome.Returned(JSON.readTree("{\"is\":\"closed\"}")));
  }

  @Test
  void whatAFunctionFailsAtIsTriedAgainAndThenKept() throws Exception {
    var queue = new Stack.Queue(2, Optional.of("unhandled"));
    try (var bus = bus(Handlers.Throwing.class, queue)) {
      bus.put(event("shop", "open"));
      bus.drain(Patience.LIMIT);
    }

    assertThat(seen).hasSize(3);
    var kept = operator.s3().listObjectsV2(list -> list.bucket("unhandled")).contents();
    assertThat(kept)
        .singleElement()
        .satisfies(
            object ->
                assertThat(object.key())
                    .matches("aws/lambda/async/F/[0-9/]{10}/[0-9T.-]{19}-[0-9a-f-]{36}"));
    var record =
        JSON.readTree(
            operator
                .s3()
                .getObjectAsBytes(get -> get.bucket("unhandled").key(kept.getFirst().key()))
                .asByteArray());
    assertThat(record.path("requestPayload").toString()).isEqualTo("{\"is\":\"open\"}");
    assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
    assertThat(record.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(3);
    assertThat(record.at("/responsePayload/errorType").asText()).endsWith("IllegalStateException");
  }

  @Test
  void afterItIsStoppedNothingIsPassedOn() throws Exception {
    try (var bus = bus(Handlers.Copy.class, Stack.Queue.OF_LAMBDA)) {
      bus.stop();
      bus.put(event("shop", "open"));
      bus.drain(Patience.LIMIT);
    }

    assertThat(seen).isEmpty();
  }

  private EventBus bus(Class<?> handler, Stack.Queue queue) throws IOException {
    var rule =
        new Stack.Rule(
            "FRule",
            JSON.readTree("{\"source\":[\"shop\"]}"),
            Map.of("is", "$.detail.is"),
            "{\"is\":<is>}");
    var stack = Stacks.of(Stacks.withRule(Stacks.function("F", handler), rule, queue));
    var functions =
        new Functions(stack, URI.create("http://localhost"), Clock.systemUTC(), console, seen::add);
    var bus = new EventBus();
    bus.serve(stack, new FunctionQueue(stack, functions, operator.s3(), Clock.systemUTC()));
    return bus;
  }

  private static JsonNode event(String source, String is) {
    var event = JSON.createObjectNode().put("source", source);
    event.putObject("detail").put("is", is);
    return event;
  }
}
