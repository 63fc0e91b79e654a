package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.template.Stack;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomResourcesTest {

  private final Console console = Console.open();
  private final WebServer server = WebServer.listen(0);

  @AfterEach
  void stop() {
    server.close();
    console.close();
  }

  @Test
  void aFunctionIsAskedToCreateAndItsAnswerAwaited() {
    assertThatCode(() -> create(Handlers.Creator.class, "SUCCESS")).doesNotThrowAnyException();
    assertThat(console.lines("Maker")).containsExactly("Create Things of Custom::Things");
  }

  @Test
  void aFailureStopsTheStartWithItsReason() {
    assertThatThrownBy(() -> create(Handlers.Creator.class, "FAILED"))
        .isInstanceOf(StartFailure.class)
        .hasMessage("Maker could not create Things: for want of time");
  }

  @Test
  void aFunctionThatDoesNotAnswerStopsTheStart() {
    assertThatThrownBy(() -> create(Handlers.Copy.class, ""))
        .isInstanceOf(StartFailure.class)
        .hasMessage("Maker could not create Things: it has not answered");
  }

  @Test
  void aFunctionThatThrowsStopsTheStart() {
    assertThatThrownBy(() -> create(Handlers.Throwing.class, ""))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("Maker could not create Things: ");
  }

  private void create(Class<?> handler, String status) {
    var properties = JsonNodeFactory.instance.objectNode().put("Answer", status);
    var stack =
        new Stack(
            "eu-central-1",
            "000000000000",
            List.of(Stacks.function("Maker", handler)),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Stack.CustomResource("Things", "Custom::Things", "Maker", properties)),
            List.of(),
            List.of());
    var functions = new Functions(stack, server.uri(), Clock.systemUTC(), console, seen -> {});
    var resources =
        new CustomResources(stack, functions, URI.create(server.uri() + LocalPages.RESPONSES));
    server.serve(
        request -> {
          String secret = request.path().substring(LocalPages.RESPONSES.length());
          return LocalPages.receive(resources, secret, request.body());
        });
    resources.create();
  }
}
