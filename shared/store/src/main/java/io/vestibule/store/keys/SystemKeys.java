package io.vestibule.store.keys;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The system-keys table: the keys that the whole installation shares. Its keysets are wrapped but
 * {@code front-mac}, which is for the public functions: they have no KMS, and it opens nothing.
 * {@code erasure-public} and {@code receipt-public} are the public halves of keys that never leave
 * KMS.
 */
public final class SystemKeys {

  private static final String FRONT_MAC = "front-mac";
  private static final String ERASURE_PUBLIC = "erasure-public";
  private static final String RECEIPT_PUBLIC = "receipt-public";

  /** Which wrapped keyset: each has a row of its name. */
  public enum Name {
    EMAIL_INDEX("email-index"),
    LINK("link"),
    BINDING("binding"),
    DELIVERY("delivery"),
    SESSION("session"),
    LOOKUP("lookup");

    private final String text;

    Name(String text) {
      this.text = text;
    }

    /** The row's name, and the {@code use} that the keyset is wrapped for. */
    public String text() {
      return text;
    }
  }

  private final DynamoDbClient dynamoDb;
  private final String table;

  public SystemKeys(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** A wrapped keyset; empty only before the first deployment has made it. */
  public Optional<byte[]> wrapped(Name name) {
    return get(name.text(), "wrapped");
  }

  /**
   * Adds a keyset, unless somebody was faster: a second one would cut every address from its
   * customer.
   */
  public void add(Name name, byte[] wrapped, Instant now) {
    add(name.text(), "wrapped", bytes(wrapped), now);
  }

  /**
   * A wrapped version of the key of links: the first has the row {@code link}, others {@code
   * link#<version>}.
   */
  public Optional<byte[]> wrappedLink(int version) {
    return get(link(version), "wrapped");
  }

  /** When a version of it was made; empty if it is not there. */
  public Optional<Instant> linkMadeAt(int version) {
    return time(item(link(version)), "createdAt");
  }

  /** Adds a version of it, unless somebody was faster: theirs is as good. */
  public void addLink(int version, byte[] wrapped, Instant now) {
    add(link(version), "wrapped", bytes(wrapped), now);
  }

  /** Deletes a version of it: no link of it works ever again. */
  public void destroyLink(int version) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(Map.of("name", text(link(version)))));
  }

  private static String link(int version) {
    return version == 1 ? Name.LINK.text() : Name.LINK.text() + "#" + version;
  }

  /** The keyset of the public functions' MAC, in the clear; empty before it has been made. */
  public Optional<byte[]> frontMac() {
    return get(FRONT_MAC, "keyset");
  }

  /** Adds the keyset of that MAC, unless somebody was faster: a second one would part retries. */
  public void addFrontMac(byte[] keyset, Instant now) {
    add(FRONT_MAC, "keyset", bytes(keyset), now);
  }

  /** The key by which anybody can check a receipt, in PEM; empty before it has been added. */
  public Optional<String> erasurePublic() {
    return text(item(ERASURE_PUBLIC), "pem");
  }

  /** Adds that key, unless somebody was faster. */
  public void addErasurePublic(String pem, Instant now) {
    add(ERASURE_PUBLIC, "pem", text(pem), now);
  }

  /**
   * The key by which anybody can check a backup, and a receipt of an earlier version; empty before
   * it has been added.
   */
  public Optional<String> backupPublic() {
    return text(item(RECEIPT_PUBLIC), "pem");
  }

  /** Adds that key, unless somebody was faster. */
  public void addBackupPublic(String pem, Instant now) {
    add(RECEIPT_PUBLIC, "pem", text(pem), now);
  }

  private Optional<byte[]> get(String name, String column) {
    return bytes(item(name), column);
  }

  private Map<String, AttributeValue> item(String name) {
    return dynamoDb
        .getItem(get -> get.tableName(table).key(Map.of("name", text(name))).consistentRead(true))
        .item();
  }

  private void add(String name, String column, AttributeValue value, Instant now) {
    var item = Map.of("name", text(name), column, value, "createdAt", time(now));
    try {
      dynamoDb.putItem(
          put ->
              put.tableName(table)
                  .item(item)
                  .conditionExpression("attribute_not_exists(#name)")
                  .expressionAttributeNames(Attributes.names("#name")));
    } catch (ConditionalCheckFailedException e) {
      // There is one, and it stays.
    }
  }
}
