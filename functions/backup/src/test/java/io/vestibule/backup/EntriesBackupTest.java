package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryId;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.keys.SigningKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What people handed in comes back with them: all of it, but for what is to stay away. */
@Tag("slow")
class EntriesBackupTest extends BackupAccount {

  private static final Duration LONG_AGO = Duration.ofDays(740);
  private int entries;

  @BeforeEach
  void beginWithThreeCustomersOfTwoEntriesEach() {
    clock.advance(Duration.ofMinutes(1));
    backups.loseCustomers();
    loseEntries();
    backups.removeAll("erasures", "customerId");
    backups.removeAll("identities", "emailIndex");
    for (String customer : List.of("ada", "bob", "cy")) {
      backups.put("customers", Map.of("customerId", AttributeValue.fromS(customer)));
      handsIn(customer, "contact", clock.instant().minusSeconds(60));
      handsIn(customer, "feedback", clock.instant().minusSeconds(30));
    }
  }

  private Map<String, AttributeValue> handsIn(String customer, String form, Instant at) {
    var id = EntryId.of(at, RowId.parse("s%022d".formatted(entries++)).orElseThrow());
    Map<String, AttributeValue> entry =
        Map.ofEntries(
            Map.entry("customerId", AttributeValue.fromS(customer)),
            Map.entry("entryId", AttributeValue.fromS(id.value())),
            Map.entry("number", AttributeValue.fromS(id.number().value())),
            Map.entry("form", AttributeValue.fromS(form)),
            Map.entry("formVersion", AttributeValue.fromS("v1")),
            Map.entry("receivedAt", AttributeValue.fromS(Timestamp.of(at))),
            Map.entry("createdAt", AttributeValue.fromS(Timestamp.of(at))),
            Map.entry("state", AttributeValue.fromS("new")),
            Map.entry("takenBy", AttributeValue.fromS("somebody")),
            Map.entry("tags", AttributeValue.fromSs(List.of("urgent"))),
            Map.entry(
                "ciphertext", AttributeValue.fromB(SdkBytes.fromUtf8String("sealed " + entries))));
    backups.put("entries", entry);
    return entry;
  }

  private void loseEntries() {
    for (var entry : backups.items("entries")) {
      lose(entry);
    }
  }

  private void lose(Map<String, AttributeValue> entry) {
    var key = new HashMap<>(entry);
    key.keySet().retainAll(List.of("customerId", "entryId"));
    backups.dynamoDb().deleteItem(delete -> delete.tableName("entries").key(key));
  }

  private List<Map<String, AttributeValue>> entriesOf(String customer) {
    return backups.items("entries").stream()
        .filter(it -> Operator.text(it, "customerId").equals(customer))
        .toList();
  }

  private JsonNode backUp() {
    return backups.returns("BackupFunction", Map.of());
  }

  private JsonNode restore(String into) {
    return backups.returns("RestoreFunction", Map.of("backup", "latest", "into", into));
  }

  private JsonNode dryRun(String into) {
    return backups.returns(
        "RestoreFunction", Map.of("backup", "latest", "into", into, "dryRun", true));
  }

  @Test
  void allEntriesComeBackToTheLiveTableBitForBit() {
    var before = backups.items("entries");
    var taken = backUp();
    backups.loseCustomers();
    loseEntries();
    var report = restore("live");
    assertThat(taken.path("entries").asInt()).isEqualTo(6);
    assertThat(report.path("restored").asInt()).isEqualTo(3);
    assertThat(report.path("entries")).hasToString(counts(6, 0, 0, 0, 0, 0));
    assertThat(backups.items("entries")).containsExactlyInAnyOrderElementsOf(before);
  }

  /** The customers are all there: the restore is of their entries alone. */
  @Test
  void anEntryThatIsThereStaysAsItIsAndOneThatIsMissingComesBack() {
    backUp();
    var lost = entriesOf("ada").getFirst();
    lose(lost);
    var taken = new HashMap<>(entriesOf("bob").getFirst());
    taken.put("state", AttributeValue.fromS("taken"));
    backups.put("entries", taken);
    var looked = dryRun("live");
    assertThat(entriesOf("ada")).hasSize(1);
    var report = restore("live");
    assertThat(report.path("entries")).hasToString(counts(1, 5, 0, 0, 0, 0));
    assertThat(looked.path("entries")).isEqualTo(report.path("entries"));
    assertThat(entriesOf("ada")).contains(lost);
    assertThat(entriesOf("bob")).contains(taken);
    assertThat(restore("live").path("entries")).hasToString(counts(0, 6, 0, 0, 0, 0));
  }

  @Test
  void whoWasErasedOrIsNamedByAnInvalidEntryOfTheLedgerGetsNoEntryBack() {
    backUp();
    backups.erase("ada");
    backups.write("ledger/bob.json", "{}".getBytes(UTF_8));
    backups.loseCustomers();
    loseEntries();
    var looked = dryRun("live");
    var report = restore("live");
    backups.delete("ledger/bob.json");
    assertThat(report.path("entries")).hasToString(counts(2, 0, 2, 2, 0, 0));
    assertThat(looked.path("entries")).isEqualTo(report.path("entries"));
    assertThat(backups.items("entries"))
        .allMatch(it -> Operator.text(it, "customerId").equals("cy"));
  }

  /** As if the restore before had written them, and died; or the version before had erased. */
  @Test
  void entriesOfWhoWasErasedAreTakenOutAndADryRunTellsWhose() {
    backUp();
    backups.erase("ada");
    var looked = dryRun("live");
    assertThat(entriesOf("ada")).as("a dry run deletes nothing").hasSize(2);
    var report = restore("live");
    assertThat(looked.path("wouldGo")).hasToString("[\"ada\"]");
    assertThat(report.path("entries")).hasToString(counts(0, 4, 2, 0, 0, 0));
    assertThat(entriesOf("ada")).isEmpty();
  }

  @Test
  void whomAPersonOverrulesGetsTheirEntriesToo() {
    backUp();
    backups.write("ledger/bob.json", "{}".getBytes(UTF_8));
    loseEntries();
    restore("live");
    assertThat(entriesOf("bob")).isEmpty();
    backups.returns(
        "RestoreFunction", Map.of("backup", "latest", "into", "live", "overrule", List.of("bob")));
    backups.delete("ledger/bob.json");
    assertThat(entriesOf("bob")).hasSize(2);
  }

  @Test
  void anEntryWhoseOwnFormKeepsItNoLongerStaysAway() {
    var old = handsIn("ada", "contact", clock.instant().minus(LONG_AGO));
    var kept = handsIn("ada", "newsletter", clock.instant().minus(LONG_AGO));
    backUp();
    loseEntries();
    var looked = dryRun("live");
    var report = restore("live");
    assertThat(report.path("entries")).hasToString(counts(7, 0, 0, 0, 1, 0));
    assertThat(looked.path("entries")).isEqualTo(report.path("entries"));
    assertThat(entriesOf("ada")).hasSize(3).contains(kept).doesNotContain(old);
  }

  /** By whoever may write the table. */
  @Test
  void whatIsOfNobodyInTheBackupOrNoEntryOfOursStaysAway() {
    handsIn("nobody", "contact", clock.instant());
    backups.put(
        "entries",
        Map.of(
            "customerId", AttributeValue.fromS("ada"),
            "entryId", AttributeValue.fromS("of-nobodys-making"),
            "form", AttributeValue.fromS("contact")));
    backUp();
    loseEntries();
    var report = restore("live");
    assertThat(report.path("entries")).hasToString(counts(6, 0, 0, 0, 0, 2));
    assertThat(backups.items("entries")).hasSize(6);
  }

  @Test
  void intoNewTablesEntriesAreBesideTheirCustomers() {
    var before = backups.items("entries");
    backUp();
    backups.erase("ada");
    var looked = dryRun("vestibule-restore-customers");
    assertThat(backups.dynamoDb().listTables().tableNames())
        .doesNotContain("vestibule-restore-customers");
    for (int run = 0; run < 2; run++) {
      var report = restore("vestibule-restore-customers");
      assertThat(report.path("entries")).hasToString(counts(4, 0, 2, 0, 0, 0));
    }
    assertThat(looked.path("restored").asInt(-1)).isEqualTo(2);
    assertThat(backups.items("vestibule-restore-customers")).hasSize(2);
    assertThat(backups.items("vestibule-restore-customers-entries"))
        .containsExactlyInAnyOrderElementsOf(
            before.stream().filter(it -> !Operator.text(it, "customerId").equals("ada")).toList());
    assertThat(backups.items("entries")).as("in use").hasSize(6);
  }

  @Test
  void aBackupOfAVersionWithoutEntriesIsRestoredAndDrilledAsEver() throws Exception {
    RealCustomer.store(account, "dan", clock.instant());
    var document = backUp().path("manifest").asText();
    var backup = (ObjectNode) Json.MAPPER.readTree(backups.read(document));
    var tables = (ArrayNode) backup.path("tables");
    for (int table = 0; table < tables.size(); table++) {
      if (tables.path(table).path("kind").asText().equals("ENTRIES")) {
        tables.remove(table);
      }
    }
    sign(document, backup);
    backups.loseCustomers();
    loseEntries();
    var report = restore("live");
    assertThat(report.path("restored").asInt()).isEqualTo(4);
    assertThat(report.has("entries")).isFalse();
    assertThat(backups.items("entries")).isEmpty();
    assertThat(drill().path("passed").asBoolean()).isTrue();
  }

  private void sign(String document, ObjectNode backup) {
    var arn = account.variables("BackupFunction").get("RECEIPT_KEY_ARN");
    byte[] bytes = backup.toPrettyString().getBytes(UTF_8);
    backups.write(document, bytes);
    backups.write(
        document.replace(".json", ".sig"),
        new SigningKey(account.operator().kms(), String.valueOf(arn)).sign(bytes));
  }

  /** It had read the erasures already: who was erased since is to be in them, too. */
  @Test
  void aBackupThatAVersionWithoutEntriesBeganReadsErasuresOnceMoreAfterTheEntries()
      throws Exception {
    backups.returns("BackupFunction", Map.of("forSeconds", 0));
    while (!progressHas("ERASURES")) {
      backups.returns("BackupFunction", Map.of("continue", true, "forSeconds", 0));
    }
    var progress = (ObjectNode) Json.MAPPER.readTree(backups.read("progress/backup.json"));
    var tables = (ArrayNode) progress.path("tables");
    for (int table = 0; table < tables.size(); table++) {
      if (tables.path(table).path("kind").asText().equals("ENTRIES")) {
        tables.remove(table);
      }
    }
    backups.write("progress/backup.json", progress.toString().getBytes(UTF_8));
    backups.erase("ada");
    assertThat(backups.returns("BackupFunction", Map.of("continue", true)).path("entries").asInt())
        .isEqualTo(6);
    backups.removeAll("erasures", "customerId");
    loseEntries();
    restore("live");
    assertThat(entriesOf("ada")).isEmpty();
    assertThat(backups.items("entries")).hasSize(4);
  }

  private boolean progressHas(String kind) throws IOException {
    return Json.MAPPER
        .readTree(backups.read("progress/backup.json"))
        .path("tables")
        .findValuesAsText("kind")
        .contains(kind);
  }

  @Test
  void aDrillOpensEntriesAndLeavesNoTable() throws Exception {
    var dan = RealCustomer.store(account, "dan", clock.instant());
    dan.handsIn(account, "contact", clock.instant());
    dan.handsIn(account, "feedback", clock.instant());
    backUp();
    backups.erase("ada");
    var report = drill();
    assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
    var entries = report(report).path("entries");
    assertThat(entries.path("items").asInt()).isEqualTo(8);
    assertThat(entries.path("restored").asInt()).isEqualTo(6);
    assertThat(entries.path("counted").asInt()).isEqualTo(6);
    assertThat(entries.path("erasedAgain").asInt()).isEqualTo(2);
    assertThat(entries.path("resurrected").asInt(-1)).isZero();
    assertThat(entries.path("opened").asInt()).isEqualTo(2);
    assertThat(backups.dynamoDb().listTables().tableNames())
        .doesNotContain("customers-drill", "entries-drill");
    var page = report.path("report").asText().replace(".json", ".html");
    assertThat(new String(backups.read(page), UTF_8))
        .contains("Sample of entries that could be read</th><td>2 of 2<");
  }

  /** An entry of another time does not open: somebody has changed the row. */
  @Test
  void aDrillOfAnEntryThatDoesNotOpenFails() throws Exception {
    var dan = RealCustomer.store(account, "dan", clock.instant());
    var changed = new HashMap<>(dan.handsIn(account, "contact", clock.instant()));
    changed.put("form", AttributeValue.fromS("feedback"));
    backups.put("entries", changed);
    backUp();
    var report = drill();
    assertThat(report.path("passed").asBoolean()).isFalse();
    assertThat(report(report).at("/entries/failed").asInt()).isEqualTo(1);
  }

  private JsonNode drill() {
    return backups.returns("DrillFunction", Map.of());
  }

  private JsonNode report(JsonNode drill) throws IOException {
    return Json.MAPPER.readTree(backups.read(drill.path("report").asText()));
  }

  private static String counts(
      int restored, int skipped, int erased, int invalid, int over, int unowned) {
    return "{\"restored\":%d,\"skipped\":%d,\"erased\":%d,\"invalid\":%d,\"over\":%d,\"unowned\":%d}"
        .formatted(restored, skipped, erased, invalid, over, unowned);
  }
}
