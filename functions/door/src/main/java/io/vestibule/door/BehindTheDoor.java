package io.vestibule.door;

import io.vestibule.core.Json;
import io.vestibule.web.staff.StaffAnswer;
import io.vestibule.web.staff.StaffCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The function behind the door, which decides who gets what. */
final class BehindTheDoor {

  private final LambdaClient lambda;
  private final String function;

  BehindTheDoor(LambdaClient lambda, String function) {
    this.lambda = lambda;
    this.function = function;
  }

  /**
   * Asks it, and waits.
   *
   * @throws IllegalStateException it failed
   */
  StaffAnswer ask(StaffCall call) {
    try {
      var payload = SdkBytes.fromByteArray(Json.MAPPER.writeValueAsBytes(call));
      var answer = lambda.invoke(invoke -> invoke.functionName(function).payload(payload));
      if (answer.functionError() != null) {
        throw new IllegalStateException("the function behind the door failed");
      }
      return Json.MAPPER.readValue(answer.payload().asByteArray(), StaffAnswer.class);
    } catch (IOException e) {
      throw new UncheckedIOException("the function behind the door answers something else", e);
    }
  }
}
