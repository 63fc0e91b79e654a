package io.vestibule.local.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The part of the page that is about backups: what there is, and what can be done with it. */
final class BackupDesk {

  private static final int SHOWN = 5;
  private static final String DOCUMENT = "/vestibule.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack stack;
  private final Operator operator;
  private final Functions functions;
  private volatile String report = "";

  BackupDesk(Stack stack, Operator operator, Functions functions) {
    this.stack = stack;
    this.operator = operator;
    this.functions = functions;
  }

  /** What is shown; empty if the template has no backups. */
  Optional<Overview.Backups> look() {
    return stack.buckets().stream()
        .filter(bucket -> bucket.logicalId().equals("BackupBucket"))
        .map(bucket -> new Overview.Backups(report, documents(bucket.name())))
        .findFirst();
  }

  /** The newest backups, each with its document. */
  private List<Map.Entry<String, String>> documents(String bucket) {
    return operator
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix("backups/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .filter(key -> key.endsWith(DOCUMENT))
        .toList()
        .reversed()
        .stream()
        .limit(SHOWN)
        .map(key -> Map.entry(key, read(bucket, key)))
        .toList();
  }

  private String read(String bucket, String key) {
    return operator.s3().getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
  }

  /**
   * Does what a button says, and keeps what came of it to be shown.
   *
   * @return whether there is such a button
   */
  boolean press(String button) {
    switch (button) {
      case "take" -> report = invoke("BackupFunction", "{}");
      case "lose" -> report = lose();
      case "restore" ->
          report = invoke("RestoreFunction", "{\"backup\":\"latest\",\"into\":\"live\"}");
      case "drill" -> report = invoke("DrillFunction", "{}");
      default -> {
        return false;
      }
    }
    return true;
  }

  private String invoke(String function, String event) {
    Invocation invocation = functions.invoke(function, json(event), "by hand");
    return switch (invocation.outcome()) {
      case Outcome.Returned(var value) -> function + ": " + value;
      case Outcome.Failed(var type, var message) -> "%s: %s: %s".formatted(function, type, message);
    };
  }

  private static JsonNode json(String event) {
    try {
      return JSON.readTree(event);
    } catch (JsonProcessingException e) {
      throw new AssertionError(event, e);
    }
  }

  /** The accident that backups are for. */
  private String lose() {
    String table =
        stack.tables().stream()
            .filter(it -> it.logicalId().equals("CustomersTable"))
            .map(Stack.Table::name)
            .findFirst()
            .orElseThrow();
    int lost = 0;
    for (Map<String, AttributeValue> customer :
        operator.dynamoDb().scanPaginator(scan -> scan.tableName(table)).items()) {
      operator.dynamoDb().deleteItem(delete -> delete.tableName(table).key(key(customer)));
      lost++;
    }
    return "Lost: every row of " + table + ", " + lost;
  }

  private static Map<String, AttributeValue> key(Map<String, AttributeValue> customer) {
    return Map.of("customerId", customer.getOrDefault("customerId", AttributeValue.fromS("none")));
  }
}
