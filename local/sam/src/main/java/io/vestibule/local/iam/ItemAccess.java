package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One operation on items of one table or index, from which IAM's condition keys follow.
 *
 * @param parameters of the operation, or of the entry of a batch or transaction
 * @param items the keys and items in it, as attribute maps
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html">Conditions
 *     for fine-grained access control</a>
 */
record ItemAccess(
    String action,
    String resourceArn,
    JsonNode parameters,
    List<JsonNode> items,
    LeadingKeys leadingKeys) {

  private static final Set<String> SELECTING =
      Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan");

  Access access() {
    return new Access(action, resourceArn, context());
  }

  /** As part of a transaction, which IAM can tell from the operation alone. */
  Access accessWithin(String transaction) {
    var context = context();
    context.put(ConditionKey.ENCLOSING_OPERATION, List.of(transaction));
    return new Access(action, resourceArn, context);
  }

  private Map<String, List<String>> context() {
    var context = new HashMap<String, List<String>>();
    context.put(ConditionKey.ATTRIBUTES, attributes());
    context.put(
        ConditionKey.LEADING_KEYS,
        action.equals("dynamodb:Query")
            ? leadingKeys.ofQuery(parameters)
            : leadingKeys.ofItems(items));
    if (SELECTING.contains(action)) {
      context.put(ConditionKey.SELECT, List.of(select()));
    }
    // AWS's examples ask for it with IfExists: so it is there only if it was sent.
    if (parameters.hasNonNull("ReturnValues")) {
      context.put(ConditionKey.RETURN_VALUES, List.of(parameters.path("ReturnValues").asText()));
    }
    return context;
  }

  private List<String> attributes() {
    var names = new TreeSet<>(AttributeNames.in(parameters));
    items.forEach(item -> item.fieldNames().forEachRemaining(names::add));
    // The keys of the table and of the index, as every page but the first is asked for with them.
    parameters.path("ExclusiveStartKey").fieldNames().forEachRemaining(names::add);
    return List.copyOf(names);
  }

  /** What the caller gets to see; the default of the API where the request leaves it out. */
  private String select() {
    if (parameters.hasNonNull("Select")) {
      return parameters.path("Select").asText();
    }
    if (parameters.hasNonNull("ProjectionExpression") || parameters.hasNonNull("AttributesToGet")) {
      return "SPECIFIC_ATTRIBUTES";
    }
    return parameters.hasNonNull("IndexName") ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES";
  }
}
