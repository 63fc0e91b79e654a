package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.host.Outcome.Returned;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FunctionsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Console console = Console.open();
  private final List<Invocation> seen = new CopyOnWriteArrayList<>();
  private final Functions functions =
      new Functions(
          Stacks.of(
              Stacks.function(
                  "Http", Handlers.Http.class, Patience.LIMIT, Map.of("GREETING", "Hello")),
              Stacks.function("Unconfigured", Handlers.Http.class),
              Stacks.function("Copy", Handlers.Copy.class),
              Stacks.function("Throwing", Handlers.Throwing.class),
              Stacks.function("Threaded", Handlers.Threaded.class),
              Stacks.function("Mortal", Handlers.Mortal.class),
              Stacks.function("Endless", Handlers.Endless.class, Duration.ofMillis(250), Map.of()),
              Stacks.function("Unbuildable", Handlers.Unbuildable.class)),
          URI.create("http://127.0.0.1:1"),
          Clock.systemUTC(),
          console,
          seen::add);

  @AfterEach
  void giveTheOutputBack() {
    console.close();
  }

  @Test
  void anEventTypeOfLambdaIsReadAndItsResponseWrittenAsLambdaDoes() throws IOException {
    JsonNode response = returned("Http", "{'version':'2.0','rawPath':'/forms/contact'}");

    assertThat(response.path("statusCode").asInt()).isEqualTo(200);
    assertThat(response.path("body").asText()).isEqualTo("Hello /forms/contact");
    assertThat(response.path("headers").path("X-Function").asText()).isEqualTo("Http");
  }

  @Test
  void anEnvironmentIsUsedAgain() throws IOException {
    returned("Http", "{'rawPath':'/1'}");

    assertThat(returned("Http", "{'rawPath':'/2'}").at("/headers/X-Calls").asText()).isEqualTo("2");
  }

  @Test
  void anEnvironmentInWhichTheVirtualMachineFailedIsNotUsedAgain() throws IOException {
    assertThat(returned("Mortal", "'live'").asInt()).isEqualTo(1);
    assertThat(returned("Mortal", "'live'").asInt()).isEqualTo(2);

    assertThat(functions.invoke("Mortal", event("'die'"), "test").outcome())
        .isEqualTo(new Failed("java.lang.OutOfMemoryError", "no heap"));

    assertThat(returned("Mortal", "'live'").asInt()).isEqualTo(1);
  }

  @Test
  void aStreamHandlerGetsAndGivesBytes() throws IOException {
    assertThat(returned("Copy", "{'a':[1,null]}")).isEqualTo(event("{'a':[1,null]}"));
  }

  @Test
  void whatAHandlerThrowsIsLambdasErrorAndItsTraceIsInTheLog() throws IOException {
    assertThat(functions.invoke("Throwing", event("{'what':'luck'}"), "test").outcome())
        .isEqualTo(new Failed("java.lang.IllegalStateException", "no luck"));
    assertThat(console.lines("Throwing"))
        .first()
        .isEqualTo("java.lang.IllegalStateException: no luck");
  }

  @Test
  void aConstructorThatThrowsIsAnErrorOfTheInvocation() throws IOException {
    assertThat(functions.invoke("Unconfigured", event("{}"), "test").outcome())
        .isEqualTo(
            new Failed(
                "io.vestibule.core.Env$MissingConfiguration",
                "Missing or unreadable environment variables: GREETING"));
  }

  @Test
  void aHandlerThatLambdaCouldNotBuildFailsHereToo() throws IOException {
    assertThat(functions.invoke("Unbuildable", event("{}"), "test").outcome())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.errorType()).isEqualTo("java.lang.NoSuchMethodException"));
  }

  @Test
  void anInvocationEndsWithTheFunctionsTimeout() throws IOException {
    assertThat(functions.invoke("Endless", event("{}"), "test").outcome())
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.errorMessage()).endsWith("Task timed out after 0.25 seconds"));
  }

  @Test
  void whatAFunctionPrintsIsInItsOwnLogAndNowhereElse() throws IOException {
    returned("Http", "{'rawPath':'/forms/contact'}");
    returned("Threaded", "{}");

    assertThat(console.lines("Http")).containsExactly("served /forms/contact");
    assertThat(console.lines("Threaded")).containsExactly("from a thread of mine");
  }

  @Test
  void anUnknownFunctionIsNamedTogetherWithThoseThereAre() {
    assertThatThrownBy(() -> functions.invoke("Nobody", event("{}"), "test"))
        .hasMessageStartingWith("No function Nobody; there are Copy, Endless, Http");
  }

  @Test
  void eachInvocationIsReportedWithWhatCausedIt() throws IOException {
    returned("Copy", "{}");

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().function()).isEqualTo("Copy");
    assertThat(seen.getFirst().cause()).isEqualTo("test");
  }

  private JsonNode returned(String function, String event) throws IOException {
    return ((Returned) functions.invoke(function, event(event), "test").outcome()).value();
  }

  private static JsonNode event(String json) throws IOException {
    return JSON.readTree(json.replace('\'', '"'));
  }
}
