package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.iam.Rule.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Takes a policy document apart. It refuses whatever it does not know. If a policy were stricter on
 * AWS than here, that would show in production only; if it were laxer there, it would never show.
 *
 * @param name says in errors which policy it is
 */
record PolicyReader(String name) {

  private static final Set<String> KNOWN =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition", "Principal");

  Policy read(JsonNode document, Predicate<JsonNode> isMeant) {
    List<Rule> rules = new ArrayList<>();
    List<JsonNode> statements = nodes(document.path("Statement"));
    for (int i = 0; i < statements.size(); i++) {
      JsonNode statement = statements.get(i);
      String label = statement.path("Sid").asText("statement " + (i + 1));
      try {
        if (isMeant.test(statement)) {
          rules.addAll(rules(label, statement));
        }
      } catch (IllegalArgumentException unsupported) {
        throw new IllegalArgumentException(
            "%s, %s: %s".formatted(name, label, unsupported.getMessage()), unsupported);
      }
    }
    return new Policy(rules);
  }

  private static List<Rule> rules(String label, JsonNode statement) {
    statement
        .fieldNames()
        .forEachRemaining(
            member -> {
              if (!KNOWN.contains(member)) {
                throw new IllegalArgumentException("unsupported element " + member);
              }
            });
    Effect effect = effect(statement.path("Effect").asText());
    List<Condition> conditions = conditions(statement.path("Condition"));
    return required(statement, "Action").stream()
        .flatMap(
            action ->
                required(statement, "Resource").stream()
                    .map(resource -> new Rule(effect, label, action, resource, conditions)))
        .toList();
  }

  private static Effect effect(String effect) {
    return switch (effect) {
      case "Allow" -> Effect.ALLOW;
      case "Deny" -> Effect.DENY;
      default -> throw new IllegalArgumentException("no such Effect: " + effect);
    };
  }

  private static List<String> required(JsonNode statement, String element) {
    List<String> values = strings(statement.path(element));
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no " + element);
    }
    if (values.stream().anyMatch(value -> value.contains("${"))) {
      throw new IllegalArgumentException("policy variables are not supported: " + element);
    }
    return values;
  }

  private static List<Condition> conditions(JsonNode block) {
    return block.properties().stream()
        .flatMap(
            operator ->
                operator.getValue().properties().stream()
                    .map(
                        key ->
                            Condition.of(operator.getKey(), key.getKey(), strings(key.getValue()))))
        .toList();
  }

  /** A string, or a list of them: IAM takes both wherever it takes a list. */
  static List<String> strings(JsonNode node) {
    return nodes(node).stream().map(PolicyReader::string).toList();
  }

  private static String string(JsonNode node) {
    if (!node.isValueNode()) {
      throw new IllegalArgumentException("not a string: " + node);
    }
    return node.asText();
  }

  private static List<JsonNode> nodes(JsonNode node) {
    if (node.isMissingNode()) {
      return List.of();
    }
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false).toList()
        : List.of(node);
  }
}
