package io.vestibule.store.keys;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.required;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The system-keys table: the keys that the whole installation shares. Its keysets are wrapped but
 * {@code front-mac}, which is for the public functions: they have no KMS, and it opens nothing.
 * {@code erasure-public} and {@code receipt-public} are the public halves of keys that never leave
 * KMS.
 */
public final class SystemKeys {

  private static final Pattern LATER_LINK = Pattern.compile("link#([2-9]|[1-9][0-9]{1,2})");

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

  /** When each version of it was made that is there. */
  public NavigableMap<Integer, Instant> linksMadeAt() {
    var columns = "#name, #createdAt";
    var versions = new TreeMap<Integer, Instant>();
    dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression(columns)
                    .expressionAttributeNames(Attributes.names(columns)))
        .items()
        .forEach(
            item ->
                version(required(text(item, "name"), "name"))
                    .ifPresent(
                        it -> versions.put(it, required(time(item, "createdAt"), "createdAt"))));
    return versions;
  }

  /** Adds a version of it, unless somebody was faster: theirs is as good. */
  public void addLink(int version, byte[] wrapped, Instant now) {
    add(link(version), "wrapped", bytes(wrapped), now);
  }

  /**
   * Deletes a version of it. No link of it works any more, but that the table can be recovered to a
   * time before for 35 days.
   *
   * @param madeAt that of the version that is meant: none that was made in its place is deleted
   * @return whether it is gone by this
   */
  public boolean destroyLink(int version, Instant madeAt) {
    var condition = "#createdAt = :madeAt";
    try {
      dynamoDb.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(Map.of("name", text(link(version))))
                  .conditionExpression(condition)
                  .expressionAttributeNames(Attributes.names(condition))
                  .expressionAttributeValues(Map.of(":madeAt", time(madeAt))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static String link(int version) {
    return version == 1 ? Name.LINK.text() : Name.LINK.text() + "#" + version;
  }

  private static Optional<Integer> version(String name) {
    var later = LATER_LINK.matcher(name);
    if (later.matches()) {
      return Optional.of(Integer.valueOf(later.group(1)));
    }
    return name.equals(Name.LINK.text()) ? Optional.of(1) : Optional.empty();
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
