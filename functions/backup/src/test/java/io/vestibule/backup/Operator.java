package io.vestibule.backup;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.backup.drill.DrillHandler;
import io.vestibule.backup.restore.RestoreHandler;
import io.vestibule.backup.take.BackupHandler;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.local.account.Account;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.template.Stack;
import io.vestibule.store.Invocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Backups, as an operator takes, sees and damages them: functions run by their own roles. */
public final class Operator {

  private static final int BATCH = 25;

  private final Account account;
  private final MovableClock clock;
  private final Map<String, RequestHandler<Map<String, Object>, Map<String, Object>>> functions =
      new HashMap<>();

  Operator(Account account, MovableClock clock) {
    this.account = account;
    this.clock = clock;
  }

  /** What a function answers; it must not fail. */
  public JsonNode returns(String function, Map<String, ?> event) {
    return Json.MAPPER.valueToTree(invoke(function, event));
  }

  /** What a function fails with. */
  public String fails(String function, Map<String, ?> event) {
    try {
      throw new AssertionError(invoke(function, event));
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Map<String, Object> invoke(String function, Map<String, ?> event) {
    return functions
        .computeIfAbsent(function, this::handler)
        .handleRequest(Map.copyOf(event), new Invocation(function));
  }

  private RequestHandler<Map<String, Object>, Map<String, Object>> handler(String function) {
    var env = Env.of(account.variables(function));
    return switch (function) {
      case "BackupFunction" -> new BackupHandler(env, clock);
      case "RestoreFunction" -> new RestoreHandler(env, clock);
      case "DrillFunction" -> new DrillHandler(env, clock, clock::advance);
      default -> throw new AssertionError(function);
    };
  }

  public DynamoDbClient dynamoDb() {
    return account.operator().dynamoDb();
  }

  public S3Client s3() {
    return account.operator().s3();
  }

  public String bucket() {
    return account.stack().buckets().stream()
        .filter(bucket -> bucket.logicalId().equals("BackupBucket"))
        .map(Stack.Bucket::name)
        .findFirst()
        .orElseThrow();
  }

  public List<String> keys(String prefix) {
    return s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket()).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  public byte[] read(String key) {
    return s3().getObjectAsBytes(get -> get.bucket(bucket()).key(key)).asByteArray();
  }

  public void write(String key, byte[] content) {
    s3().putObject(put -> put.bucket(bucket()).key(key), RequestBody.fromBytes(content));
  }

  public void delete(String key) {
    s3().deleteObject(delete -> delete.bucket(bucket()).key(key));
  }

  public List<Map<String, AttributeValue>> items(String table) {
    return dynamoDb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  public void put(String table, Map<String, AttributeValue> item) {
    dynamoDb().putItem(put -> put.tableName(table).item(item));
  }

  /** Puts many, by the batch. */
  public void fill(String table, List<Map<String, AttributeValue>> items) {
    inBatches(
        table,
        items.stream()
            .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build()));
  }

  private void inBatches(String table, Stream<WriteRequest> writes) {
    writes
        .gather(Gatherers.windowFixed(BATCH))
        .forEach(
            batch -> dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(table, batch))));
  }

  public void remove(String table, String key, String value) {
    dynamoDb()
        .deleteItem(
            delete -> delete.tableName(table).key(Map.of(key, AttributeValue.fromS(value))));
  }

  /** What an erasure leaves in the table that outlives restores. */
  public void erase(String customerId) {
    put(
        "erasures",
        Map.of(
            "customerId", AttributeValue.fromS(customerId),
            "erasedAt", AttributeValue.fromS("2026-11-21T20:14:00.000Z"),
            "request", AttributeValue.fromS("r1")));
  }

  /**
   * The identities as they are now, in a table of their own, as a recovery of DynamoDB makes it.
   */
  public void copyOfIdentities(String table) {
    createTable(table, "emailIndex");
    items("identities").forEach(identity -> put(table, identity));
  }

  public void createTable(String name, String key) {
    dynamoDb().createTable(PlainTable.of(name, key));
  }

  /** Everybody is gone, as after an accident. */
  public void loseCustomers() {
    removeAll("customers", "customerId");
  }

  public void removeAll(String table, String key) {
    inBatches(
        table,
        items(table).stream()
            .map(item -> Map.of(key, AttributeValue.fromS(text(item, key))))
            .map(it -> WriteRequest.builder().deleteRequest(delete -> delete.key(it)).build()));
  }

  public static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? "" : value.s();
  }
}
