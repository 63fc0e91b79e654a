package io.vestibule.backup.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.backup.BackupAccount;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Operator;
import io.vestibule.backup.RealCustomer;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.store.Attributes;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a drill finds in the tables that are in use, and opens in one that it has restored. */
class FindOrphansTest extends BackupAccount {

  private static final Pause NO_TIME = _ -> {};
  private static final String RESTORED = "customers-drill";

  private DynamoDbClient dynamoDb;
  private Tables tables;
  private CustomerKeys keys;

  @BeforeEach
  void beginWithTwoWholeCustomers() {
    var env = Env.of(account.variables("DrillFunction"));
    dynamoDb = Bulk.dynamoDb(env);
    tables = env.read(from -> Tables.read(from, Table.IDENTITIES, Table.CUSTOMERS));
    keys = new CustomerKeys(KeysetKey.of(env, env.read(from -> from.text("KEYSET_KEY_ARN"))));
    backups.loseCustomers();
    backups.removeAll("identities", "emailIndex");
    dropRestored();
    RealCustomer.store(account, "ada", clock.instant());
    RealCustomer.store(account, "bob", clock.instant());
  }

  private void dropRestored() {
    if (backups.dynamoDb().listTables().tableNames().contains(RESTORED)) {
      backups.dynamoDb().deleteTable(table -> table.tableName(RESTORED));
    }
  }

  private OpenSample.Opened opened() {
    backups.createTable(RESTORED, "customerId");
    backups.fill(RESTORED, backups.items("customers"));
    return new OpenSample(dynamoDb, "identities", keys).run(RESTORED, Optional.empty()).customers();
  }

  private FindOrphans findOrphans(Pause pause) {
    return new FindOrphans(new CustomerHalves(dynamoDb, tables, 1_000), pause);
  }

  @Test
  void whereAllAreWholeNobodyIsWaitedFor() {
    var pauses = new AtomicInteger();

    var orphans = findOrphans(_ -> pauses.incrementAndGet()).run(() -> false);

    assertThat(orphans.complete()).isTrue();
    assertThat(orphans.count()).isZero();
    assertThat(pauses.get()).isZero();
  }

  @Test
  void bothKindsAreNamed() {
    backups.remove("customers", "customerId", "ada");
    backups.remove("identities", "emailIndex", "index-of-bob");

    var orphans = findOrphans(NO_TIME).run(() -> false);

    assertThat(orphans.withoutCustomer().some()).containsExactly("ada");
    assertThat(orphans.withoutIdentity().some()).containsExactly("bob");
  }

  /** Its identity was read before it was stored: a minute later it is whole. */
  @Test
  void whoIsJustBeingStoredIsNone() {
    var ada = backups.items("customers").stream().filter(it -> isOf("ada", it)).findFirst();
    backups.remove("customers", "customerId", "ada");

    var orphans = findOrphans(_ -> backups.put("customers", ada.orElseThrow())).run(() -> false);

    assertThat(orphans.complete()).isTrue();
    assertThat(orphans.count()).isZero();
  }

  @Test
  void withoutTimeNothingIsCounted() {
    backups.remove("customers", "customerId", "ada");

    assertThat(findOrphans(NO_TIME).run(() -> true)).isEqualTo(Orphans.NOT_COUNTED);
  }

  @Test
  void ofASampleThoseAreOpenedWhoseKeyFits() {
    var bob = backups.items("identities").stream().filter(it -> isOf("bob", it)).findFirst();
    var foreign = bob.orElseThrow().get("wrapped");
    backups.put(
        "identities",
        Map.of(
            "emailIndex", Attributes.text("index-of-ada"),
            "customerId", Attributes.text("ada"),
            "wrapped", foreign));

    assertThat(opened()).isEqualTo(new OpenSample.Opened(1, 1));
  }

  @Test
  void whoIsNotInTheTableIsNotLookedFor() {
    backups.remove("customers", "customerId", "bob");

    assertThat(opened()).isEqualTo(new OpenSample.Opened(1, 0));
  }

  /** What opens and says nothing is nobody's data any more. */
  @Test
  void whatOpensMustBeARecord() throws KeysetKey.CannotUnwrap {
    var identity = backups.items("identities").stream().filter(it -> isOf("bob", it)).findFirst();
    var wrapped = Attributes.bytes(identity.orElseThrow(), "wrapped").orElseThrow();
    var bob = backups.items("customers").stream().filter(it -> isOf("bob", it)).findFirst();
    var row = new HashMap<>(bob.orElseThrow());
    var at = Attributes.time(row, "createdAt").orElseThrow();
    var nonsense = keys.unwrap("bob", wrapped).encrypt("no record".getBytes(UTF_8), 1, at, at);
    row.put("ciphertext", Attributes.bytes(nonsense.ciphertext()));
    backups.put("customers", row);

    assertThat(opened()).isEqualTo(new OpenSample.Opened(1, 1));
  }

  @Test
  void eachDrillLooksAtOthers() {
    for (int i = 0; i < 100; i++) {
      backups.put(
          "identities",
          Map.of(
              "emailIndex", Attributes.text("index-of-" + i),
              "customerId", Attributes.text("customer-" + i)));
    }
    var openSample = new OpenSample(dynamoDb, "identities", keys);

    var samples = Stream.generate(openSample::sample).limit(20).toList();

    assertThat(samples).allMatch(it -> Set.copyOf(it).size() == 20);
    assertThat(samples.stream().flatMap(List::stream).distinct()).hasSizeGreaterThan(40);
  }

  private static boolean isOf(String customerId, Map<String, AttributeValue> item) {
    return Operator.text(item, "customerId").equals(customerId);
  }
}
