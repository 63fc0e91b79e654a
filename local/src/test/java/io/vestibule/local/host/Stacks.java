package io.vestibule.local.host;

import io.vestibule.local.template.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Deployed templates as small as a test needs them. */
final class Stacks {

  private Stacks() {}

  static Stack of(Stack.Lambda... functions) {
    return new Stack(
        "eu-central-1",
        "000000000000",
        List.of(functions),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static Stack.Lambda function(String logicalId, Class<?> handler) {
    return function(logicalId, handler, Duration.ofSeconds(10), Map.of());
  }

  static Stack.Lambda function(
      String logicalId, Class<?> handler, Duration timeout, Map<String, String> environment) {
    return new Stack.Lambda(
        logicalId,
        handler.getName(),
        environment,
        timeout,
        256,
        new Stack.Role(logicalId + "Role", List.of()),
        List.of(),
        List.of(),
        List.of());
  }
}
