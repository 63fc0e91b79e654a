package io.vestibule.backup;

import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The numbers of customers who were erased, whom no restore may bring back. A number is in the
 * table, in the backup bucket as {@code ledger/<customerId>.json} from the moment of the erasure
 * on, and in the backups themselves; if it is in one of them, it is erased. Numbers are never used
 * again.
 */
public final class RestoreExclusions {

  private static final String LEDGER = "ledger/";
  private static final String SUFFIX = ".json";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Bucket bucket;

  public RestoreExclusions(DynamoDbClient dynamoDb, String table, Bucket bucket) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.bucket = bucket;
  }

  /** All that are known by now, outside of backups. */
  public Set<String> now() {
    Set<String> erased = new HashSet<>();
    dynamoDb
        .scanPaginator(
            scan -> scan.tableName(table).consistentRead(true).projectionExpression("customerId"))
        .items()
        .forEach(item -> erased.add(CustomerId.of(item)));
    for (String key : bucket.keys(LEDGER)) {
      if (key.endsWith(SUFFIX)) {
        erased.add(key.substring(LEDGER.length(), key.length() - SUFFIX.length()));
      }
    }
    return erased;
  }

  /** Those that were known when a backup was taken: of use when the table itself is lost. */
  public static Set<String> in(VerifiedBackup backup) {
    Set<String> erased = new HashSet<>();
    for (StoredFile file : backup.backup().copy(Kind.ERASURES).data()) {
      backup.read(file, item -> erased.add(CustomerId.of(item)));
    }
    return erased;
  }
}
