package io.vestibule.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.backup.BackupAccount;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Kind;
import io.vestibule.core.Env;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Where a restore writes to, and how far it has come there. */
class TargetTest extends BackupAccount {

  private static final String TABLE = "vestibule-restore-customers";
  private static final Map<String, AttributeValue> ADA = row("ada", "old");
  private static final Map<String, AttributeValue> BOB = row("bob", "old");
  private static final Map<String, AttributeValue> NEWER = row("ada", "newer");

  private DynamoDbClient dynamoDb;
  private NewTables newTables;
  private Bucket bucket;

  @BeforeEach
  void prepare() {
    var env = Env.of(account.variables("RestoreFunction"));
    dynamoDb = Bulk.dynamoDb(env);
    newTables = new NewTables(dynamoDb, env.read(from -> from.text("TABLE_KEY_ARN")));
    bucket = Bucket.of(env, backups.bucket());
    backups.loseCustomers();
    backups.keys("progress/restore/").forEach(backups::delete);
    if (newTables.isThere(TABLE)) {
      backups.dynamoDb().deleteTable(table -> table.tableName(TABLE));
    }
  }

  private static Map<String, AttributeValue> row(String customerId, String content) {
    return Map.of(
        "customerId", AttributeValue.fromS(customerId),
        "content", AttributeValue.fromS(content));
  }

  /** An attack, with the credentials of the function: tables of others were read and written. */
  @ParameterizedTest
  @ValueSource(strings = {"orders-restored", "restore", "other-vestibule-restore-customers"})
  void noTableOfSomebodyElseIsReachedHoweverItIsCalled(String theirs) {
    assertDenied(() -> newTables.create(theirs, Kind.CUSTOMERS));
    assertDenied(() -> new Target.NewTable(dynamoDb, theirs).write(List.of(ADA)));
    assertDenied(() -> dynamoDb.scan(scan -> scan.tableName(theirs)));
  }

  private static void assertDenied(ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
  }

  @Test
  void theLiveTableKeepsWhatItHas() {
    var live = new Target.LiveTable(dynamoDb, "customers");
    backups.put("customers", NEWER);

    assertThat(live.write(List.of(ADA, BOB))).isEqualTo(1);
    assertThat(backups.items("customers")).containsExactlyInAnyOrder(NEWER, BOB);
  }

  @Test
  void aNewTableGetsEverythingAsItWasHoweverOften() {
    var target = newTables.create(TABLE, Kind.CUSTOMERS);
    backups.put(TABLE, NEWER);

    assertThat(target.write(List.of(ADA, BOB))).isEqualTo(2);
    assertThat(target.write(List.of(ADA, BOB))).isEqualTo(2);
    assertThat(backups.items(TABLE)).containsExactlyInAnyOrder(ADA, BOB);
  }

  @Test
  void whoIsTakenOutIsToldApartFromWhoWasNotThere() {
    var target = newTables.create(TABLE, Kind.CUSTOMERS);
    target.write(List.of(ADA));

    assertThat(target.delete("ada")).isEqualTo(1);
    assertThat(target.delete("ada")).isZero();
  }

  @Test
  void aTableThatIsThereIsTakenAsItIs() {
    newTables.create(TABLE, Kind.CUSTOMERS).write(List.of(ADA));

    newTables.create(TABLE, Kind.CUSTOMERS);

    assertThat(backups.items(TABLE)).containsExactly(ADA);
  }

  @Test
  @Tag("slow")
  void progressIsFoundForTheSameBackupAndTableWithinAnHour() {
    newTables.create(TABLE, Kind.CUSTOMERS);
    var file = new RestoredFile("backups/b/data/0.json.gz", 1, 0, Set.of(), null);
    progress("b").keep(file);

    assertThat(progress("b").find()).containsExactly(file);
    assertThat(progress("other").find()).isEmpty();
    clock.advance(Duration.ofMinutes(61));
    assertThat(progress("b").find()).isEmpty();
  }

  @Test
  void progressIsForgottenWhenItIsOver() {
    newTables.create(TABLE, Kind.CUSTOMERS);
    progress("b").keep(new RestoredFile("backups/b/data/0.json.gz", 1, 0, Set.of(), null));

    progress("b").forget();

    assertThat(progress("b").find()).isEmpty();
    assertThat(backups.keys("progress/restore/b/")).isEmpty();
  }

  private KeptProgress progress(String backup) {
    var table = dynamoDb.describeTable(of -> of.tableName(TABLE)).table();
    return new KeptProgress(bucket, backup, table, clock);
  }
}
