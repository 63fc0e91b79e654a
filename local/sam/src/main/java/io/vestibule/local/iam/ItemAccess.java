package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    // Of these two AWS says only that they are what the request has under their names; and its
    // examples ask for them with IfExists. So they are there only if they were sent, and GetItem
    // and
    // BatchGetItem cannot send a Select.
    if (parameters.hasNonNull("Select")) {
      context.put(ConditionKey.SELECT, List.of(parameters.path("Select").asText()));
    }
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
}
