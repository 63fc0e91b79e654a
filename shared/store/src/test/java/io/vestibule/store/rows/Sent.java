package io.vestibule.store.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A change of one row as DynamoDB is asked for it, alone or within a transaction. */
record Sent(
    String table,
    Map<String, AttributeValue> key,
    String update,
    String condition,
    Map<String, String> names,
    Map<String, AttributeValue> values) {

  /** Writes down all changes that a client asks for. */
  static final class Recorder implements ExecutionInterceptor {

    final List<Sent> sent = new ArrayList<>();

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes about) {
      sent.addAll(of(context.request()));
    }
  }

  private static List<Sent> of(SdkRequest request) {
    return switch (request) {
      case UpdateItemRequest it ->
          List.of(
              new Sent(
                  it.tableName(),
                  it.key(),
                  it.updateExpression(),
                  it.conditionExpression(),
                  it.expressionAttributeNames(),
                  it.expressionAttributeValues()));
      case TransactWriteItemsRequest it ->
          it.transactItems().stream()
              .map(TransactWriteItem::update)
              .filter(update -> update != null)
              .map(Sent::of)
              .toList();
      default -> List.of();
    };
  }

  private static Sent of(Update update) {
    return new Sent(
        update.tableName(),
        update.key(),
        update.updateExpression(),
        update.conditionExpression(),
        update.expressionAttributeNames(),
        update.expressionAttributeValues());
  }

  /** Whether this is what the table of transitions says. */
  boolean is(Transition transition) {
    return update.equals(transition.update(values.keySet()))
        && condition.equals(transition.condition(values.keySet()));
  }

  /** The same without a guard of its transition. */
  Sent without(Guard guard) {
    var text = " AND " + guard.text(values.keySet());
    if (!condition.contains(text)) {
      throw new IllegalStateException(condition + " has no guard " + guard.name());
    }
    return withCondition(condition.replace(text, ""));
  }

  /** DynamoDB refuses names and values that no expression uses. */
  private Sent withCondition(String weaker) {
    var used = update + " " + weaker + " ";
    var fewerNames = new HashMap<>(names);
    fewerNames.keySet().removeIf(name -> !used.matches("(?s).*" + name + "\\W.*"));
    var fewerValues = new HashMap<>(values);
    fewerValues.keySet().removeIf(value -> !used.matches("(?s).*" + value + "\\W.*"));
    return new Sent(table, key, update, weaker, fewerNames, fewerValues);
  }

  /** Asks for it once more, alone; false if the condition does not hold. */
  boolean again(DynamoDbClient dynamoDb) {
    try {
      dynamoDb.updateItem(
          it ->
              it.tableName(table)
                  .key(key)
                  .updateExpression(update)
                  .conditionExpression(condition)
                  .expressionAttributeNames(names)
                  .expressionAttributeValues(values.isEmpty() ? null : values));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }
}
