package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a call of AWS says without what it says it about: operation, table, expressions and the
 * names of attributes, and never a value.
 */
public final class CallShape {

  private static final List<String> EXPRESSIONS =
      List.of(
          "UpdateExpression",
          "ConditionExpression",
          "KeyConditionExpression",
          "FilterExpression",
          "ProjectionExpression");
  private static final List<String> ITEMS = List.of("Item", "Key");
  private static final List<String> FLAGS =
      List.of("ReturnValues", "ReturnValuesOnConditionCheckFailure", "ConsistentRead", "Select");
  private static final Pattern NAME = Pattern.compile("#\\w+");

  private CallShape() {}

  /** A line for each part of the call: a transaction of three is three lines. */
  public static List<String> of(Operation operation, Request request) {
    if (!operation.service().equals("dynamodb")) {
      return List.of(operation.toString());
    }
    JsonNode body = Json.of(request);
    return switch (operation.name()) {
      case "TransactWriteItems", "TransactGetItems" ->
          ofTransaction(operation.name(), body).toList();
      case "BatchGetItem", "BatchWriteItem" -> ofBatch(operation.name(), body).toList();
      default -> List.of(line(operation.name(), body.path("TableName").asText(), body));
    };
  }

  private static Stream<String> ofTransaction(String operation, JsonNode body) {
    return Json.elements(body.path("TransactItems")).stream()
        .flatMap(JsonNode::propertyStream)
        .map(
            part ->
                line(
                    operation + "/" + part.getKey(),
                    part.getValue().path("TableName").asText(),
                    part.getValue()));
  }

  private static Stream<String> ofBatch(String operation, JsonNode body) {
    return body.path("RequestItems")
        .propertyStream()
        .flatMap(
            table ->
                table.getValue().isArray()
                    ? ofWrites(operation, table.getKey(), table.getValue())
                    : Stream.of(line(operation, table.getKey(), table.getValue())));
  }

  private static Stream<String> ofWrites(String operation, String table, JsonNode writes) {
    return Json.elements(writes).stream()
        .flatMap(JsonNode::propertyStream)
        .map(write -> line(operation + "/" + write.getKey(), table, write.getValue()));
  }

  private static String line(String operation, String table, JsonNode parameters) {
    var parts = new ArrayList<String>();
    parts.add(operation);
    parts.add(table);
    if (parameters.hasNonNull("IndexName")) {
      parts.add("index " + parameters.path("IndexName").asText());
    }
    for (String expression : EXPRESSIONS) {
      if (parameters.hasNonNull(expression)) {
        parts.add(
            expression.replace("Expression", "")
                + " "
                + resolved(parameters.path(expression).asText(), parameters));
      }
    }
    for (String item : ITEMS) {
      if (parameters.has(item)) {
        parts.add(item + " " + names(parameters.path(item)));
      }
    }
    for (String flag : FLAGS) {
      if (parameters.hasNonNull(flag)) {
        parts.add(flag + " " + parameters.path(flag).asText());
      }
    }
    return String.join(" | ", parts);
  }

  private static String resolved(String expression, JsonNode parameters) {
    return NAME.matcher(expression)
        .replaceAll(
            name -> Matcher.quoteReplacement(AttributeNames.resolve(name.group(), parameters)));
  }

  private static SortedSet<String> names(JsonNode item) {
    var names = new TreeSet<String>();
    item.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
