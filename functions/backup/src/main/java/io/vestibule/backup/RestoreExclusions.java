package io.vestibule.backup;

import io.vestibule.core.Counter;
import io.vestibule.core.LedgerEntry;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.SigningKey;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * The numbers of customers who were erased, whom no restore may bring back. A number is in the
 * table, in the backup bucket as an entry of the ledger from the moment of the erasure on, and in
 * the backups themselves; if it is in one of them, it is erased. Numbers are never used again.
 *
 * <p>An entry of the ledger counts if it is signed. Who can only write to the bucket erases nobody
 * with it, and by garbling one brings nobody back: whom an invalid entry names is kept out until a
 * person has looked at it. An unsigned entry of the version before counts as nothing beside a
 * signed one, or a row in the table.
 */
public final class RestoreExclusions {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreExclusions.class);

  /** Anything else is no number of ours, and may be what somebody wants to be read in a log. */
  private static final Pattern NUMBER = Pattern.compile("[\\w-]{1,64}");

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Bucket bucket;
  private final SigningKey key;
  private final Set<String> overruled;

  /**
   * Reads the table of erasures and the ledger.
   *
   * @param key that the entries of the ledger are signed with
   */
  public RestoreExclusions(DynamoDbClient dynamoDb, String table, Bucket bucket, SigningKey key) {
    this(dynamoDb, table, bucket, key, Set.of());
  }

  private RestoreExclusions(
      DynamoDbClient dynamoDb, String table, Bucket bucket, SigningKey key, Set<String> overruled) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.bucket = bucket;
    this.key = key;
    this.overruled = Set.copyOf(overruled);
  }

  /** The same, but invalid entries about these numbers count as nothing: a person says so. */
  public RestoreExclusions overruling(Set<String> numbers) {
    return new RestoreExclusions(dynamoDb, table, bucket, key, numbers);
  }

  /** All that are known by now, outside of backups. */
  public Excluded now() {
    Set<String> erased = inTable();
    Set<String> named = new HashSet<>();
    PublicKey publicKey = null;
    for (String name : bucket.keys(LedgerEntry.LEDGER)) {
      if (!name.startsWith(LedgerEntry.PREFIX)) {
        LedgerEntry.unsignedCustomerId(name).ifPresent(named::add);
        continue;
      }
      var number = LedgerEntry.customerId(name);
      if (!erased.contains(number)) {
        publicKey = publicKey == null ? key.publicKey() : publicKey;
        (isSigned(name, publicKey) ? erased : named).add(number);
      }
    }
    return Excluded.of(erased, named).overruled(overruled);
  }

  private static boolean isSigned(String name, PublicKey publicKey) {
    return LedgerEntry.parse(name).filter(entry -> entry.isSignedBy(publicKey)).isPresent();
  }

  private Set<String> inTable() {
    Set<String> erased = new HashSet<>();
    dynamoDb
        .scanPaginator(
            scan ->
                scan.tableName(table)
                    .consistentRead(true)
                    .select(Select.SPECIFIC_ATTRIBUTES)
                    .projectionExpression("customerId"))
        .items()
        .forEach(item -> erased.add(CustomerId.of(item)));
    return erased;
  }

  /** Tells people of entries that nobody of ours has signed. */
  public static void tell(Set<String> invalid) {
    for (String number : invalid) {
      LOG.error(
          "An entry of the ledger that is not signed: {}",
          NUMBER.matcher(number).matches() ? number : "of no number",
          OperatorCode.LEDGER_ENTRY_INVALID.entry());
    }
    Counter.LEDGER_INVALID.add(invalid.size());
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
