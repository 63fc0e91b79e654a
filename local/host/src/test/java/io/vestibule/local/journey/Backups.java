package io.vestibule.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.template.Stack;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Backups, as an operator takes, sees and damages them. */
public record Backups(LocalHost host) {

  /** What a function returns; it must not fail. */
  public JsonNode returns(String function, Map<String, ?> event) {
    return switch (invoke(function, event)) {
      case Outcome.Returned(var value) -> value;
      case Outcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  /** What a function fails with. */
  String fails(String function, Map<String, ?> event) {
    return switch (invoke(function, event)) {
      case Outcome.Returned(var value) -> throw new AssertionError(value);
      case Outcome.Failed(var _, var message) -> message;
    };
  }

  public Outcome invoke(String function, Map<String, ?> event) {
    return host.functions().invoke(function, Json.MAPPER.valueToTree(event), "test").outcome();
  }

  public String bucket() {
    return host.stack().buckets().stream()
        .filter(bucket -> bucket.logicalId().equals("BackupBucket"))
        .map(Stack.Bucket::name)
        .findFirst()
        .orElseThrow();
  }

  public List<String> keys(String prefix) {
    return host
        .operator()
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(bucket()).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  public byte[] read(String key) {
    return host.operator()
        .s3()
        .getObjectAsBytes(get -> get.bucket(bucket()).key(key))
        .asByteArray();
  }

  public void write(String key, byte[] content) {
    host.operator()
        .s3()
        .putObject(put -> put.bucket(bucket()).key(key), RequestBody.fromBytes(content));
  }

  public void delete(String key) {
    host.operator().s3().deleteObject(delete -> delete.bucket(bucket()).key(key));
  }

  /** The number of some customer. */
  String customer() {
    return Tables.text(new Tables(host).items("customers").getFirst(), "customerId");
  }

  public void put(String table, Map<String, AttributeValue> item) {
    host.operator().dynamoDb().putItem(put -> put.tableName(table).item(item));
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

  public void remove(String table, String key, String value) {
    host.operator()
        .dynamoDb()
        .deleteItem(
            delete -> delete.tableName(table).key(Map.of(key, AttributeValue.fromS(value))));
  }

  /**
   * The identities as they are now, in a table of their own, as a recovery of DynamoDB makes it.
   */
  public void copyOfIdentities(String table) {
    host.operator().dynamoDb().createTable(PlainTable.of(table, "emailIndex"));
    var tables = new Tables(host);
    tables.put(table, tables.items("identities"));
  }

  /** Everybody is gone, as after an accident. */
  public void loseCustomers() {
    new Tables(host).clear("customers");
  }
}
