package io.vestibule.local.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.template.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deployed templates as small as a test needs them. */
final class Stacks {

  private Stacks() {}

  static Stack of(Stack.Lambda... functions) {
    return of(List.of(functions));
  }

  static Stack of(List<Stack.Lambda> functions, Stack.Table... tables) {
    return new Stack(
        "eu-central-1",
        "000000000000",
        functions,
        List.of(tables),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static Stack.Lambda function(String logicalId, Class<?> handler) {
    return function(logicalId, handler, Patience.LIMIT, Map.of());
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
        "/aws/lambda/" + logicalId,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Stack.Queue.OF_LAMBDA);
  }

  static Stack.Lambda withRoutes(Stack.Lambda function, Stack.Route... routes) {
    return new Stack.Lambda(
        function.logicalId(),
        function.handler(),
        function.environment(),
        function.timeout(),
        function.memoryMegabytes(),
        function.role(),
        function.logGroup(),
        List.of(routes),
        List.of(),
        List.of(),
        List.of(),
        function.queue());
  }

  static Stack.Lambda withStream(Stack.Lambda function, Stack.StreamSource source) {
    return new Stack.Lambda(
        function.logicalId(),
        function.handler(),
        function.environment(),
        function.timeout(),
        function.memoryMegabytes(),
        function.role(),
        function.logGroup(),
        List.of(),
        List.of(source),
        List.of(),
        List.of(),
        function.queue());
  }

  static Stack.Lambda withSchedule(Stack.Lambda function, Stack.Schedule schedule) {
    return new Stack.Lambda(
        function.logicalId(),
        function.handler(),
        function.environment(),
        function.timeout(),
        function.memoryMegabytes(),
        function.role(),
        function.logGroup(),
        List.of(),
        List.of(),
        List.of(schedule),
        List.of(),
        function.queue());
  }

  static Stack.Lambda withRule(Stack.Lambda function, Stack.Rule rule, Stack.Queue queue) {
    return new Stack.Lambda(
        function.logicalId(),
        function.handler(),
        function.environment(),
        function.timeout(),
        function.memoryMegabytes(),
        function.role(),
        function.logGroup(),
        List.of(),
        List.of(),
        List.of(),
        List.of(rule),
        queue);
  }

  /** JSON written with single quotes. */
  static List<JsonNode> json(List<String> texts) throws JsonProcessingException {
    var json = new ArrayList<JsonNode>();
    for (String text : texts) {
      json.add(new ObjectMapper().readTree(text.replace('\'', '"')));
    }
    return json;
  }
}
