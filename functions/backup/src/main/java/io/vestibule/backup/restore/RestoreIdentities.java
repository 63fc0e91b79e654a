package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Excluded;
import io.vestibule.backup.RestoreExclusions;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Brings identities back from a table that DynamoDB recovered, but for the keys of people who were
 * erased since. It is the only way in which recovered identities may go live.
 *
 * <p>An address that has an identity keeps it. An identity whose customer is not there is brought
 * back all the same: the customers may be restored after it.
 */
final class RestoreIdentities {

  private final DynamoDbClient dynamoDb;
  private final String live;
  private final OverruleLedger overruleLedger;

  RestoreIdentities(DynamoDbClient dynamoDb, String live, OverruleLedger overruleLedger) {
    this.dynamoDb = dynamoDb;
    this.live = live;
    this.overruleLedger = overruleLedger;
  }

  /**
   * Brings them back.
   *
   * @param order which names the table that DynamoDB recovered
   */
  RestoreReport run(RestoreOrder.Identities order) {
    var recovered = order.from();
    var exclusions = overruleLedger.ordered(order.overrule());
    var rows = new LiveRows(dynamoDb, live, "emailIndex");
    Excluded before = exclusions.now();
    RestoreExclusions.tell(before.invalid());
    long restored = 0;
    long skipped = 0;
    long erased = 0;
    long invalid = 0;
    for (var identity : identities(recovered)) {
      if (before.erased().contains(CustomerId.of(identity))) {
        erased += 1;
      } else if (before.invalid().contains(CustomerId.of(identity))) {
        invalid += 1;
      } else if (rows.add(identity)) {
        restored += 1;
      } else {
        skipped += 1;
      }
    }
    long takenOut = takeOut(recovered, exclusions.now().erased());
    return new RestoreReport(
        restored - takenOut, skipped, erased + takenOut, invalid, Set.of(), Set.of());
  }

  private Iterable<Map<String, AttributeValue>> identities(String table) {
    return dynamoDb.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items();
  }

  /** Deletes people who were erased while this was writing, or before an earlier run died. */
  private long takeOut(String recovered, Set<String> erased) {
    long takenOut = 0;
    for (var identity : identities(recovered)) {
      if (erased.contains(CustomerId.of(identity)) && delete(identity)) {
        takenOut += 1;
      }
    }
    return takenOut;
  }

  /** This very identity: the address may have come back, under another number. */
  private boolean delete(Map<String, AttributeValue> identity) {
    try {
      dynamoDb.deleteItem(
          delete ->
              delete
                  .tableName(live)
                  .key(Map.of("emailIndex", identity.getOrDefault("emailIndex", NONE)))
                  .conditionExpression("customerId = :customerId")
                  .expressionAttributeValues(
                      Map.of(":customerId", AttributeValue.fromS(CustomerId.of(identity)))));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static final AttributeValue NONE = AttributeValue.fromS("none");
}
