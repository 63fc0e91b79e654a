package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.template.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What DynamoDB checks: an action for each table, and in a transaction for each entry; and the use
 * of the key that a table is under.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">IAM
 *     with transactions</a>
 */
record DynamoDbAccess(Stack stack, Deployed deployed) {

  /** As a transaction names its entries, and as IAM names what they do. */
  private static final Map<String, String> TRANSACTION_ENTRIES =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  private static final List<String> EXPORT_WRITES =
      List.of("s3:AbortMultipartUpload", "s3:PutObject", "s3:PutObjectAcl");

  private static final Pattern STREAM_ARN =
      Pattern.compile("arn:aws:dynamodb:[^|]*:table/[^|]*/stream/[^|]*");
  private static final Pattern TABLE_IN_ARN = Pattern.compile(":table/([^/]+)");

  List<Access> of(String operation, JsonNode body) {
    String action = "dynamodb:" + operation;
    return switch (operation) {
      case "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan" ->
          withTableKeys(Stream.of(item(action, body).access()));
      case "BatchGetItem", "BatchWriteItem" -> withTableKeys(batch(action, body));
      case "TransactGetItems", "TransactWriteItems" -> withTableKeys(transaction(operation, body));
      case "GetRecords", "GetShardIterator" -> withTableKeys(Stream.of(stream(action, body)));
      case "DescribeStream", "ListStreams" -> List.of(stream(action, body));
      case "CreateTable" -> createTable(action, body);
      case "ExportTableToPointInTime" -> export(action, body);
      case "DescribeExport" -> List.of(new Access(action, arn(body.path("ExportArn").asText())));
      default -> List.of(new Access(action, tableArn(body.path("TableName").asText())));
    };
  }

  private ItemAccess item(String action, JsonNode parameters) {
    List<JsonNode> items =
        Stream.of("Key", "Item").map(parameters::path).filter(JsonNode::isObject).toList();
    return item(action, parameters.path("TableName").asText(), parameters, items);
  }

  private ItemAccess item(
      String action, String tableName, JsonNode parameters, List<JsonNode> items) {
    Optional<String> index =
        parameters.hasNonNull("IndexName")
            ? Optional.of(parameters.path("IndexName").asText())
            : Optional.empty();
    String tableArn = tableArn(tableName);
    return new ItemAccess(
        action,
        index.map(name -> tableArn + "/index/" + name).orElse(tableArn),
        parameters,
        items,
        new LeadingKeys(deployed.partitionKey(tableName(tableArn), index)));
  }

  /** One access for each table, with all of its keys. */
  private Stream<Access> batch(String action, JsonNode body) {
    return body.path("RequestItems").properties().stream()
        .map(
            table -> {
              JsonNode entries = table.getValue();
              List<JsonNode> items = entries.isArray() ? writes(entries) : reads(entries);
              return item(action, table.getKey(), entries, items).access();
            });
  }

  private static List<JsonNode> reads(JsonNode keysAndAttributes) {
    return Json.elements(keysAndAttributes.path("Keys"));
  }

  private static List<JsonNode> writes(JsonNode entries) {
    return Json.elements(entries).stream()
        .map(
            write ->
                write.has("PutRequest")
                    ? write.path("PutRequest").path("Item")
                    : write.path("DeleteRequest").path("Key"))
        .toList();
  }

  private Stream<Access> transaction(String operation, JsonNode body) {
    return Json.elements(body.path("TransactItems")).stream()
        .flatMap(entry -> entry.properties().stream())
        .map(
            entry -> {
              String action = TRANSACTION_ENTRIES.getOrDefault(entry.getKey(), entry.getKey());
              return item("dynamodb:" + action, entry.getValue()).accessWithin(operation);
            });
  }

  /** DynamoDB makes itself a grant for the key of a new table, in the name of who creates it. */
  private List<Access> createTable(String action, JsonNode body) {
    JsonNode key = body.at("/SSESpecification/KMSMasterKeyId");
    Stream<Access> table = Stream.of(new Access(action, tableArn(body.path("TableName").asText())));
    return Stream.concat(
            table,
            key.isTextual()
                ? new EncryptionAtRest(stack).newTable(key.asText()).stream()
                : Stream.empty())
        .toList();
  }

  /**
   * DynamoDB writes an export in the caller's name, and puts it under a key in that name.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html">Requesting
   *     a table export</a>
   */
  private List<Access> export(String action, JsonNode body) {
    List<Access> accesses =
        new ArrayList<>(
            withTableKeys(Stream.of(new Access(action, arn(body.path("TableArn").asText())))));
    String objects =
        "arn:aws:s3:::%s/%s/AWSDynamoDB/export"
            .formatted(body.path("S3Bucket").asText(), body.path("S3Prefix").asText());
    var context = Map.of(ConditionKey.RESOURCE_ACCOUNT, List.of(stack.account()));
    for (String write : EXPORT_WRITES) {
      accesses.add(new Access(write, objects, context));
    }
    JsonNode key = body.path("S3SseKmsKeyId");
    if (key.isTextual()) {
      accesses.addAll(new EncryptionAtRest(stack).objects(key.asText()));
    }
    return accesses;
  }

  private static String arn(String named) {
    return named.isEmpty() ? Access.NO_RESOURCE : named;
  }

  /** A shard iterator holds the ARN of its stream. */
  private static Access stream(String action, JsonNode body) {
    String names = body.path("StreamArn").asText() + "|" + body.path("ShardIterator").asText();
    Matcher arn = STREAM_ARN.matcher(names);
    return new Access(action, arn.find() ? arn.group() : Access.NO_RESOURCE);
  }

  private List<Access> withTableKeys(Stream<Access> tableAccesses) {
    List<Access> accesses = tableAccesses.toList();
    Stream<Access> keys =
        accesses.stream()
            .map(access -> tableName(access.resourceArn()))
            .distinct()
            .flatMap(table -> new EncryptionAtRest(stack).table(table).stream());
    return Stream.concat(accesses.stream(), keys).toList();
  }

  /** A request may name a table by its ARN too. */
  private String tableArn(String nameOrArn) {
    if (nameOrArn.isEmpty()) {
      return Access.NO_RESOURCE;
    }
    return nameOrArn.startsWith("arn:")
        ? nameOrArn
        : "arn:aws:dynamodb:%s:%s:table/%s".formatted(stack.region(), stack.account(), nameOrArn);
  }

  private static String tableName(String arn) {
    Matcher table = TABLE_IN_ARN.matcher(arn);
    return table.find() ? table.group(1) : "";
  }
}
