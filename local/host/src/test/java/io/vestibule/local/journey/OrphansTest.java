package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half of a customer is lost: nothing else is, and people can mend it. */
class OrphansTest extends Journey {

  private Backups backups;
  private Records records;

  @BeforeAll
  void prepare() {
    backups = new Backups(host);
    records = new Records(host);
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @BeforeEach
  void beginWithNobody() {
    backups.loseCustomers();
    tables.clear("identities");
    clock.advance(Duration.ofMinutes(1));
  }

  @Test
  void aDrillNamesThemAndNobodyElse() throws Exception {
    customer();
    var withoutRow = records.customerId(customer().address);
    var withoutIdentity = records.customerId(customer().address);
    backUp();
    loseRow(withoutRow);
    loseIdentity(withoutIdentity);

    var drill = backups.returns("DrillFunction", Map.of());

    assertThat(drill.path("passed").asBoolean()).as("of the backup").isTrue();
    assertThat(drill.path("orphans").asInt()).isEqualTo(2);
    var report = drill.path("report").asText();
    var orphans = Json.MAPPER.readTree(backups.read(report)).path("orphans");
    assertThat(orphans.path("complete").asBoolean()).isTrue();
    assertThat(orphans.at("/withoutCustomer/some")).hasToString("[\"" + withoutRow + "\"]");
    assertThat(orphans.at("/withoutIdentity/some")).hasToString("[\"" + withoutIdentity + "\"]");
    assertThat(new String(backups.read(report.replace(".json", ".html")), StandardCharsets.UTF_8))
        .contains("addresses whose customer is missing</th><td>1<")
        .contains("customers whose key is missing</th><td>1<");
  }

  @Test
  void withoutAnyOfThemThereAreNone() throws Exception {
    customer();
    backUp();

    assertThat(backups.returns("DrillFunction", Map.of()).path("orphans").asInt(-1)).isZero();
  }

  @Test
  void whoComesWhileTheirRowIsLostIsMergedWhenItIsBack() throws Exception {
    var ada = customer();
    backUp();
    loseRow(records.customerId(ada.address));

    var held = ada.becomesACustomer(Map.of("message", "After"));
    assertThat(tables.status(held)).isEqualTo("HELD unreadable");
    assertThat(tables.items("customers")).isEmpty();

    restore();
    release(held);

    assertThat(tables.status(held)).isEqualTo("DONE");
    assertThat(records.values(ada.address))
        .containsEntry("company", "Before")
        .containsEntry("message", "After");
  }

  @Test
  void whoAsksToBeErasedWhileTheirRowIsLostIsErasedWhenItIsBack() throws Exception {
    var ada = customer();
    var number = records.customerId(ada.address);
    backUp();
    loseRow(number);

    var request = Requests.asked(this, ada, "erase");
    assertThat(tables.status(request.id())).isEqualTo("HELD unreadable");
    assertThat(records.isKnown(ada.address)).as("nobody knows whether there is a hold").isTrue();

    restore();
    release(request.id());

    assertThat(request.woken().status()).isEqualTo("DONE");
    assertThat(records.isKnown(ada.address)).isFalse();
    restore();
    assertThat(tables.items("customers")).isEmpty();
  }

  @Test
  void whoseRowIsLostForGoodBeginsAnew() throws Exception {
    var ada = customer();
    var number = records.customerId(ada.address);
    backUp();
    loseRow(number);
    var held = ada.becomesACustomer(Map.of("message", "After"));

    assertThat(forget(number)).isEqualTo("forgotten");
    release(held);

    assertThat(tables.status(held)).isEqualTo("DONE");
    assertThat(records.customerId(ada.address)).isNotEqualTo(number);
    assertThat(records.values(ada.address)).containsEntry("message", "After");
    restore();
    assertThat(tables.items("customers")).hasSize(1);
    assertThat(backups.keys("ledger/" + number)).hasSize(1);
  }

  @Test
  void whoseKeyIsLostIsSomebodyNewAndTheOldRowGoesForGood() throws Exception {
    var ada = customer();
    var old = records.customerId(ada.address);
    backUp();
    backups.copyOfIdentities("vestibule-restore-identities");
    loseIdentity(old);
    ada.becomesACustomer(Map.of("message", "After"));
    var number = records.customerId(ada.address);

    assertThat(forget(number)).as("who is whole").isEqualTo("whole");
    assertThat(forget(old)).isEqualTo("forgotten");
    restore();
    var identities =
        backups.returns(
            "RestoreFunction",
            Map.of("table", "identities", "from", "vestibule-restore-identities"));

    assertThat(number).isNotEqualTo(old);
    assertThat(identities.path("erased").asInt()).isEqualTo(1);
    assertThat(tables.items("customers"))
        .extracting(it -> Tables.text(it, "customerId"))
        .containsExactly(number);
    assertThat(records.values(ada.address)).containsEntry("message", "After");
  }

  /** As ImportTable would bring them back, which knows nothing of erasures. */
  @Test
  void whoWasErasedAndIsBackCanBeForgottenAndTheirErasureStaysAsItWas() throws Exception {
    var ada = customer();
    var number = records.customerId(ada.address);
    var row = tables.items("customers").getFirst();
    var request = Requests.asked(this, ada, "erase").woken();
    backups.put("customers", row);

    assertThat(forget(number)).isEqualTo("forgotten");

    assertThat(tables.items("customers")).isEmpty();
    assertThat(tables.items("erasures"))
        .filteredOn(it -> Tables.text(it, "customerId").equals(number))
        .extracting(it -> Tables.text(it, "request"))
        .containsExactly(request.id());
  }

  /** As if the first call had died before it wrote the ledger. */
  @Test
  void whoIsForgottenOnceMoreIsInTheLedgerAfterAll() throws Exception {
    var number = records.customerId(customer().address);
    loseRow(number);
    forget(number);
    backups.delete("ledger/" + number + ".json");

    assertThat(forget(number)).isEqualTo("forgotten");

    assertThat(backups.keys("ledger/" + number)).hasSize(1);
    assertThat(backups.read("ledger/" + number + ".json"))
        .asString(StandardCharsets.UTF_8)
        .contains("\"orphan\"");
  }

  @Test
  void theEndOfRetentionPassesThemOver() throws Exception {
    loseRow(records.customerId(customer().address));
    loseIdentity(records.customerId(customer().address));
    clock.advance(Duration.ofDays(740));

    var retention = backups.returns("DeadlineFunction", Map.of()).path("retention");

    assertThat(retention.path("due").asInt(-1)).isZero();
    assertThat(tables.items("customers")).hasSize(1);
    assertThat(tables.items("identities")).hasSize(1);
  }

  @Test
  void aNumberOfNobodyIsUnknown() {
    assertThat(forget("nobody")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"forget\":\"c\"}",
        "{\"forget\":{\"customer\":\" \"}}",
        "{\"forget\":{\"customer\":\"c\",\"email\":\"ada@example.net\"}}",
        "{\"forget\":{\"customer\":\"c\"},\"hold\":{}}"
      })
  void aMistypedOrderIsRefused(String order) throws Exception {
    var event = Json.MAPPER.readTree(order);
    var outcome = host.functions().invoke("DeletionFunction", event, "test").outcome();

    assertThat(outcome.toString()).contains("names one customer").doesNotContain("example.net");
  }

  private Person customer() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of("company", "Before"));
    return person;
  }

  private void backUp() {
    backups.returns("BackupFunction", Map.of());
  }

  private void restore() {
    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));
  }

  private void release(String id) throws Exception {
    backups.returns("ReconcileFunction", Map.of("release", id));
    host.drain(LIMIT);
  }

  private String forget(String number) {
    JsonNode answer =
        backups.returns("DeletionFunction", Map.of("forget", Map.of("customer", number)));
    return answer.path("outcome").asText();
  }

  private void loseRow(String number) {
    backups.remove("customers", "customerId", number);
  }

  private void loseIdentity(String number) {
    tables.items("identities").stream()
        .filter(it -> Tables.text(it, "customerId").equals(number))
        .map(it -> Tables.text(it, "emailIndex"))
        .forEach(index -> backups.remove("identities", "emailIndex", index));
  }
}
