package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An insider with one right, to put rows into {@code customers} or into {@code identities}, puts
 * back an older row, or one of somebody else. What people decided stands, and what was never
 * written so is held as forged. All rows are put with the restore's own credentials: it may write
 * either table, and has no key.
 */
class OldRowsTest extends Journey {

  private static final String GROUND = "Retention of invoices, § 147 AO";

  private final List<Person> people = new ArrayList<>();
  private SavedTables before;
  private int met;
  private Backups functions;
  private Records records;

  @BeforeAll
  void threeBecomeCustomers() throws Exception {
    functions = new Backups(host);
    records = new Records(host);
    for (int i = 0; i < 3; i++) {
      people.add(somebody());
      people.getLast().becomesACustomer(Map.of("consent.newsletter", "v1"));
    }
    before = SavedTables.of(tables);
  }

  @BeforeEach
  void asTheyWere() throws Exception {
    before.setBack();
    met = 0;
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @Test
  void anOlderRecordPutBackUndoesNoWithdrawalAndNoHold() throws Exception {
    var ada = customer();
    var older = row(ada);
    Requests.asked(this, ada, "withdraw");
    hold(ada);
    long before = counted("CustomerRestored");

    put("customers", older);

    assertThat(Requests.asked(this, ada, "erase").woken().page().body()).contains(GROUND);
    assertThat(told(ada)).contains("\"stands\":false", GROUND);
    assertThat(counted("CustomerRestored")).isGreaterThan(before);
  }

  /** The row is of the newest version from the next write on, and above both of before. */
  @Test
  void whatComesAfterAnOlderRecordIsNewerThanEverything() throws Exception {
    var ada = customer();
    var older = row(ada);
    Requests.asked(this, ada, "withdraw");
    hold(ada);
    int version = records.version(ada.address);
    put("customers", older);

    ada.becomesACustomer(Map.of("company", "Analytical Engines"));

    assertThat(records.version(ada.address)).isEqualTo(version + 1);
    assertThat(record(ada).withdrawals()).hasSize(1);
    assertThat(record(ada).hold()).isNotNull();
    assertThat(identity(ada).get("version")).isEqualTo(row(ada).get("version"));
  }

  @Test
  void anOlderIdentityPutBackOpensAndUndoesNothing() throws Exception {
    var ada = customer();
    var older = identity(ada);
    Requests.asked(this, ada, "withdraw");
    hold(ada);
    long before = counted("CustomerRecovered");

    put("identities", older);

    assertThat(told(ada)).contains("\"stands\":false", GROUND);
    assertThat(counted("CustomerRecovered")).isGreaterThan(before);
    ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    assertThat(identity(ada).get("version")).as("mended").isEqualTo(row(ada).get("version"));
    assertThat(record(ada).hold()).isNotNull();
  }

  /** A hold that was lifted does not come back with the older row. */
  @Test
  void aHoldThatWasLiftedStaysLiftedWhicheverRowIsPutBack() throws Exception {
    for (String table : List.of("customers", "identities")) {
      asTheyWere();
      var ada = customer();
      hold(ada);
      var older = table.equals("customers") ? row(ada) : identity(ada);
      functions.returns("DeletionFunction", Map.of("lift", Map.of("email", ada.address)));

      put(table, older);

      assertThat(Requests.asked(this, ada, "erase").woken().status()).isEqualTo("DONE");
      assertThat(records.isKnown(ada.address)).isFalse();
    }
  }

  @Test
  void anIdentityThatWasChangedInAnyColumnOpensNothing() throws Exception {
    for (Consumer<Map<String, AttributeValue>> change : changes()) {
      asTheyWere();
      var ada = customer();
      var changed = new HashMap<>(identity(ada));
      change.accept(changed);

      put("identities", changed);

      var request = Requests.asked(this, ada, "access");
      assertThat(Tables.text(request.row(), "reason")).isEqualTo("forged");
      assertThat(tables.items("disclosures").toString()).doesNotContain(request.id());
    }
  }

  private List<Consumer<Map<String, AttributeValue>>> changes() {
    var other = identity(people.getLast());
    return List.of(
        it -> it.put("version", AttributeValue.fromN("7")),
        it -> it.put("version", AttributeValue.fromS("1")),
        it -> it.put("version", AttributeValue.fromN("1E30")),
        it -> it.put("decisions", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1}))),
        it -> it.put("decisions", other.get("decisions")),
        it -> it.put("binding", other.get("binding")),
        it -> it.put("wrapped", other.get("wrapped")),
        it -> it.remove("version"),
        it -> it.remove("binding"),
        it -> it.keySet().removeAll(List.of("version", "decisions", "binding")));
  }

  @Test
  void bothRowsOfAnotherCustomerOpenNothing() throws Exception {
    var ada = customer();
    var eve = customer();
    var victim = records.of(ada.address);
    var identity = new HashMap<>(identity(ada));
    identity.put("emailIndex", AttributeValue.fromS(records.emailIndex(eve.address)));
    put("identities", identity);
    put("customers", row(ada));

    for (String kind : List.of("access", "erase", "withdraw")) {
      assertThat(Tables.text(Requests.asked(this, eve, kind).row(), "reason")).isEqualTo("forged");
    }
    assertThat(records.of(ada.address)).isEqualTo(victim);
  }

  @Test
  void aRecordOfAnotherCustomerOpensNothing() throws Exception {
    var ada = customer();
    var eve = customer();
    var row = new HashMap<>(row(ada));
    row.put("customerId", row(eve).get("customerId"));

    put("customers", row);

    assertThat(Tables.text(Requests.asked(this, eve, "access").row(), "reason"))
        .isEqualTo("forged");
  }

  @Test
  void aRowThatLacksAColumnIsHeldAndStopsNobody() throws Exception {
    var ada = customer();
    var lacking = new HashMap<>(row(ada));
    lacking.remove("ciphertext");

    put("customers", lacking);

    assertThat(Tables.text(Requests.asked(this, ada, "access").row(), "reason"))
        .isEqualTo("unreadable");
    assertThat(Requests.asked(this, customer(), "access").status()).isEqualTo("DONE");
  }

  /** As the version before the binding wrote them, and as it goes on after a roll-back. */
  @Test
  void rowsOfTheVersionBeforeAreServedAndBoundWhenTheyAreNextWritten() throws Exception {
    var ada = customer();
    records.unbind(ada.address);
    var withdrawal = Requests.asked(this, ada, "withdraw");
    assertThat(withdrawal.status()).isEqualTo("DONE");
    assertThat(identity(ada)).containsKey("binding");

    var grace = customer();
    records.unbind(grace.address);
    grace.becomesACustomer(Map.of("company", "Navy"));
    assertThat(identity(grace)).containsKey("binding");
    assertThat(record(grace).bound()).isNotNull();

    var joan = customer();
    records.unbind(joan.address);
    assertThat(Requests.asked(this, joan, "erase").woken().status()).isEqualTo("DONE");
    assertThat(records.isKnown(joan.address)).isFalse();
  }

  /** The version before writes the next record and leaves the identity alone. */
  @Test
  void whatTheVersionBeforeWritesAfterARollBackIsNewerAndStands() throws Exception {
    var ada = customer();
    records.rewrite(
        ada.address,
        record -> record.putObject("hold").put("ground", GROUND).put("at", "2026-11-21T12:00:00Z"));

    assertThat(Requests.asked(this, ada, "erase").woken().page().body()).contains(GROUND);
    ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    assertThat(identity(ada).get("version")).isEqualTo(row(ada).get("version"));
    assertThat(record(ada).hold()).isNotNull();
  }

  /** Each store and each decision writes it: it is to cost one write unit, as before. */
  @Test
  void anIdentityIsWithinOneKilobyteWhateverItsCustomerDecided() throws Exception {
    var ada = customer();
    Requests.asked(this, ada, "withdraw");
    hold(ada);

    assertThat(identity(ada).entrySet().stream().mapToInt(OldRowsTest::size).sum())
        .isLessThanOrEqualTo(1024);
  }

  private static int size(Map.Entry<String, AttributeValue> column) {
    var value = column.getValue();
    var text = value.s() == null ? String.valueOf(value.n()) : value.s();
    return column.getKey().length()
        + (value.b() == null ? text.length() : value.b().asByteArray().length);
  }

  /** What the end of retention decides by. */
  @Test
  void whoseRecordWasPutBackIsStillHeldWhenTheirTimeIsOver() throws Exception {
    var ada = customer();
    var older = row(ada);
    hold(ada);
    put("customers", older);
    functions.returns("DeadlineFunction", Map.of());
    clock.advance(Duration.ofDays(760));
    tables.expire(clock.instant());
    host.drain(LIMIT);

    for (int day = 0; day < 3; day++) {
      clock.advance(Duration.ofDays(8));
      functions.returns("DeadlineFunction", Map.of());
    }

    assertThat(records.isKnown(ada.address)).isTrue();
  }

  /** Another one. */
  private Person customer() {
    return people.get(met++);
  }

  private void hold(Person person) {
    functions.returns(
        "DeletionFunction", Map.of("hold", Map.of("email", person.address, "ground", GROUND)));
  }

  private CustomerRecord record(Person person) throws Exception {
    return records.of(person.address);
  }

  /** What the person is given as their copy. */
  private String told(Person person) throws Exception {
    return new String(Requests.asked(this, person, "access").file("copy.json").body(), UTF_8);
  }

  private Map<String, AttributeValue> row(Person person) {
    return tables.row("customers", "customerId", records.customerId(person.address));
  }

  private Map<String, AttributeValue> identity(Person person) {
    return tables.row("identities", "emailIndex", records.emailIndex(person.address));
  }

  private void put(String table, Map<String, AttributeValue> item) {
    try (var restore = as("RestoreFunction")) {
      restore.putItem(put -> put.tableName(table).item(item));
    }
  }

  /** By all tests so far. */
  private long counted(String metric) {
    return host.logs().values().stream()
        .flatMap(List::stream)
        .filter(line -> line.contains(metric))
        .count();
  }
}
