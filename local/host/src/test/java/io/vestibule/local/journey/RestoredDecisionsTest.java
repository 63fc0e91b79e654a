package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An operator restores what there is: an older backup of the customers, or an older recovery of the
 * identities. No withdrawal and no legal hold is undone, and the answer says for how many it would
 * have been.
 */
class RestoredDecisionsTest extends Journey {

  private static final String GROUND = "Retention of invoices, § 147 AO";

  private Backups functions;
  private Records records;

  @BeforeEach
  void begin() {
    functions = new Backups(host);
    records = new Records(host);
    tables.clear("customers");
    tables.clear("identities");
    clock.advance(Duration.ofDays(1)); // Another day's mails.
  }

  @Test
  void anOlderBackupRestoredIntoTheLiveTableUndoesNothing() throws Exception {
    var ada = customer();
    var grace = customer();
    var backup = backup();
    decides(ada);
    functions.loseCustomers();

    var answer = functions.returns("RestoreFunction", Map.of("backup", backup, "into", "live"));

    assertThat(answer.path("restored").asInt()).isEqualTo(2);
    assertThat(answer.path("decisions").asInt()).isEqualTo(1);
    assertThat(answer.path("recovered").asInt()).isZero();
    stands(ada);
    assertThat(records.of(grace.address).withdrawals()).isEmpty();
    assertThat(drill().path("restored").asInt()).isEqualTo(1);
  }

  @Test
  void theEndOfRetentionErasesNobodyWhoseHoldTheBackupDidNotHave() throws Exception {
    var ada = customer();
    var backup = backup();
    hold(ada);
    functions.loseCustomers();
    functions.returns("RestoreFunction", Map.of("backup", backup, "into", "live"));

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

  @Test
  void anOlderRecoveryOfTheIdentitiesUndoesNothingAndIsMendedByTheNextWrite() throws Exception {
    var ada = customer();
    functions.copyOfIdentities("vestibule-restore-identities-1");
    decides(ada);
    tables.clear("identities");

    var answer =
        functions.returns(
            "RestoreFunction",
            Map.of("table", "identities", "from", "vestibule-restore-identities-1"));

    assertThat(answer.path("restored").asInt()).isEqualTo(1);
    assertThat(answer.path("recovered").asInt()).isEqualTo(1);
    assertThat(answer.path("decisions").asInt()).isZero();
    stands(ada);
    ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    assertThat(drill().path("recovered").asInt()).isZero();
    assertThat(records.of(ada.address).hold()).isNotNull();
  }

  /** Nothing in the two tables tells; the backup does. */
  @Test
  void theDrillTellsThatBothTablesWereRolledBackTogether() throws Exception {
    var ada = customer();
    var row = tables.items("customers").getFirst();
    var identity = tables.items("identities").getFirst();
    hold(ada);
    backup();
    functions.put("customers", row);
    functions.put("identities", identity);

    assertThat(drill().path("rolledBack").asInt()).isEqualTo(1);
    assertThat(drill().path("restored").asInt()).isZero();
  }

  /** As many as are compared, and no key and no record is read for it. */
  @Test
  void identitiesWithoutABindingAreNotCompared() throws Exception {
    var ada = customer();
    var backup = backup();
    hold(ada);
    records.stripIdentity(ada.address);
    functions.loseCustomers();

    var answer = functions.returns("RestoreFunction", Map.of("backup", backup, "into", "live"));

    assertThat(answer.path("decisions").isInt()).isTrue();
    assertThat(answer.path("decisions").asInt()).isZero();
  }

  /** Whoever may write the table can put such a row there, and into what is recovered of it. */
  @Test
  void aRowThatNamesNobodyCostsNoRestoreItsAnswerAndNoDrillItsReport() throws Exception {
    var ada = customer();
    nameless("some hash");
    backup();
    functions.loseCustomers();

    var customers =
        functions.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(customers.path("restored").asInt()).isEqualTo(1);
    assertThat(customers.path("decisions").isInt()).isTrue();
    assertThat(drill().path("rolledBack").isInt()).isTrue();
    functions.copyOfIdentities("vestibule-restore-identities-2");
    tables.clear("identities");
    nameless(records.emailIndex(ada.address));

    var identities =
        functions.returns(
            "RestoreFunction",
            Map.of("table", "identities", "from", "vestibule-restore-identities-2"));

    assertThat(identities.path("restored").asInt()).isEqualTo(1);
    assertThat(identities.path("unnumbered").asInt()).isEqualTo(1);
    assertThat(identities.path("recovered").isInt()).isTrue();
    assertThat(Requests.asked(this, ada, "access").status()).isEqualTo("DONE");
  }

  /** As the manual has it: what somebody has overwritten is there, and is of no older version. */
  @Test
  void anIdentityThatWasOverwrittenComesBackWhenItsNumberIsTakenOut() throws Exception {
    var ada = customer();
    functions.copyOfIdentities("vestibule-restore-identities-3");
    var overwritten = new HashMap<>(tables.items("identities").getFirst());
    overwritten.put("version", AttributeValue.fromN("9"));
    overwritten.put("wrapped", overwritten.get("decisions"));
    try (var restore = as("RestoreFunction")) {
      restore.putItem(put -> put.tableName("identities").item(overwritten));
    }
    var order = Map.of("table", "identities", "from", "vestibule-restore-identities-3");
    assertThat(functions.returns("RestoreFunction", order).path("skipped").asInt()).isEqualTo(1);

    overwritten.remove("customerId");
    functions.put("identities", overwritten);

    assertThat(functions.returns("RestoreFunction", order).path("restored").asInt()).isEqualTo(1);
    assertThat(Requests.asked(this, ada, "access").status()).isEqualTo("DONE");
  }

  private void nameless(String emailIndex) {
    try (var restore = as("RestoreFunction")) {
      restore.putItem(
          put ->
              put.tableName("identities")
                  .item(
                      Map.of(
                          "emailIndex", AttributeValue.fromS(emailIndex),
                          "version", AttributeValue.fromN("1"))));
    }
  }

  private Person customer() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of("consent.newsletter", "v1"));
    return person;
  }

  private String backup() {
    clock.advance(Duration.ofSeconds(5)); // Two backups of one millisecond sort by chance.
    return functions.returns("BackupFunction", Map.of()).path("backup").asText();
  }

  private void decides(Person person) throws Exception {
    Requests.asked(this, person, "withdraw");
    hold(person);
  }

  private void hold(Person person) {
    functions.returns(
        "DeletionFunction", Map.of("hold", Map.of("email", person.address, "ground", GROUND)));
  }

  private void stands(Person person) throws Exception {
    var copy = Requests.asked(this, person, "access").file("copy.json").body();
    assertThat(new String(copy, UTF_8)).contains("\"stands\":false", GROUND);
    assertThat(Requests.asked(this, person, "erase").woken().page().body()).contains(GROUND);
    assertThat(tables.items("customers"))
        .extracting(item -> item.get("customerId"))
        .contains(AttributeValue.fromS(records.customerId(person.address)));
  }

  private JsonNode drill() throws Exception {
    clock.advance(Duration.ofSeconds(5));
    functions.returns("DrillFunction", Map.of());
    var name =
        functions.keys("drills/").stream()
            .filter(key -> key.endsWith(".json"))
            .max((one, other) -> name(one).compareTo(name(other)))
            .orElseThrow();
    return Json.MAPPER.readTree(functions.read(name)).path("versions");
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('/') + 1);
  }
}
