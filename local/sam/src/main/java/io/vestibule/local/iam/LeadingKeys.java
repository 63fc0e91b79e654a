package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The partition key values that a request names.
 *
 * @param partitionKey the attribute's name. Where it is not known, the values of all attributes
 *     that could be it are taken: a condition is then never met by accident
 */
record LeadingKeys(Optional<String> partitionKey) {

  private static final Pattern EQUALITY =
      Pattern.compile(
          "(?<name>[#\\w]+)\\s*=\\s*(?<value>:\\w+)|(?<first>:\\w+)\\s*=\\s*(?<second>[#\\w]+)");

  /** From keys and items, as attribute maps. */
  List<String> ofItems(List<JsonNode> items) {
    return items.stream()
        .flatMap(item -> item.properties().stream())
        .filter(attribute -> isPartitionKey(attribute.getKey()))
        .flatMap(attribute -> scalar(attribute.getValue()).stream())
        .toList();
  }

  /** From the condition that every query must have: that the partition key equals a value. */
  List<String> ofQuery(JsonNode query) {
    List<String> keys = new ArrayList<>();
    Matcher equality = EQUALITY.matcher(query.path("KeyConditionExpression").asText());
    while (equality.find()) {
      boolean nameFirst = equality.group("name") != null;
      String name = equality.group(nameFirst ? "name" : "second");
      String value = equality.group(nameFirst ? "value" : "first");
      if (isPartitionKey(AttributeNames.resolve(name, query))) {
        scalar(query.path("ExpressionAttributeValues").path(value)).ifPresent(keys::add);
      }
    }
    query
        .path("KeyConditions")
        .properties()
        .forEach(
            condition -> {
              if (isPartitionKey(condition.getKey())) {
                scalar(condition.getValue().path("AttributeValueList").path(0))
                    .ifPresent(keys::add);
              }
            });
    return keys;
  }

  private boolean isPartitionKey(String attribute) {
    return partitionKey.isEmpty() || partitionKey.get().equals(attribute);
  }

  /** A string, a number, or bytes in base64: keys are nothing else. */
  private static Optional<String> scalar(JsonNode attributeValue) {
    return attributeValue.properties().stream()
        .filter(typed -> List.of("S", "N", "B").contains(typed.getKey()))
        .map(typed -> typed.getValue().asText())
        .findFirst();
  }
}
