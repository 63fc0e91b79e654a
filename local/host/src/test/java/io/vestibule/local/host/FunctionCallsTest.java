package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class FunctionCallsTest {

  private final List<Invocation> seen = new CopyOnWriteArrayList<>();
  private final Console console = Console.open();
  private Operator operator;
  private FunctionCalls calls;
  private BackendServer server;
  private LambdaClient lambda;

  @BeforeEach
  void start() throws IOException {
    Stack stack =
        Stacks.of(
            Stacks.function("Copy", Handlers.Copy.class),
            Stacks.function("Throwing", Handlers.Throwing.class));
    URI nowhere = URI.create("http://localhost:9");
    operator = Operator.at(nowhere, "eu-central-1");
    var functions = new Functions(stack, nowhere, Clock.systemUTC(), console, seen::add);
    calls =
        new FunctionCalls(
            functions, new FunctionQueue(stack, functions, operator.s3(), Clock.systemUTC()));
    server = new BackendServer(calls);
    lambda = Sdk.client(LambdaClient.builder(), server.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    lambda.close();
    server.close();
    calls.close();
    operator.close();
    console.close();
  }

  @Test
  void aCallIsTakenAtOnceAndTheFunctionRunsWithItsEvent() throws Exception {
    assertThat(invoke("Copy", InvocationType.EVENT, "{\"is\": \"open\"}").statusCode())
        .isEqualTo(202);
    calls.drain(Patience.LIMIT);

    assertThat(seen)
        .extracting(Invocation::outcome)
        .containsExactly(new Outcome.Returned(new ObjectMapper().readTree("{\"is\": \"open\"}")));
  }

  @Test
  void whoWaitsGetsWhatTheFunctionReturnsOrThatItFailed() {
    var copied = invoke("Copy", InvocationType.REQUEST_RESPONSE, "{\"is\": \"open\"}");
    var failed = invoke("Throwing", InvocationType.REQUEST_RESPONSE, "{}");

    assertThat(copied.payload().asUtf8String()).isEqualTo("{\"is\":\"open\"}");
    assertThat(copied.functionError()).isNull();
    assertThat(failed.functionError()).isEqualTo("Unhandled");
    assertThat(seen).hasSize(2);
  }

  @Test
  void whatAFunctionFailsAtIsTriedAgainAsInLambda() throws Exception {
    invoke("Throwing", InvocationType.EVENT, "{}");
    calls.drain(Patience.LIMIT);

    assertThat(seen).hasSize(3);
  }

  @Test
  void whatLambdaOrTheLocalRunDoesNotTakeIsRefused() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> invoke("Nobody", InvocationType.EVENT, "{}"));
    assertThatExceptionOfType(LambdaException.class)
        .isThrownBy(() -> invoke("Copy", InvocationType.DRY_RUN, "{}"));
    assertThatExceptionOfType(LambdaException.class)
        .isThrownBy(() -> invoke("Copy", InvocationType.EVENT, "{"));
    assertThatExceptionOfType(LambdaException.class)
        .isThrownBy(
            () -> invoke("Copy", InvocationType.EVENT, "\"%s\"".formatted("a".repeat(262_144))));
    assertThat(seen).isEmpty();
  }

  private InvokeResponse invoke(String function, InvocationType type, String event) {
    return lambda.invoke(
        invoke ->
            invoke
                .functionName(function)
                .invocationType(type)
                .payload(SdkBytes.fromString(event, UTF_8)));
  }
}
