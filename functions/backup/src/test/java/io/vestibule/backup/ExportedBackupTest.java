package io.vestibule.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A backup that DynamoDB exports is one like the others: listed, restored, drilled, refused. */
@Tag("slow")
class ExportedBackupTest extends BackupAccount {

  private static final int CUSTOMERS = 41;
  private static final Map<String, ?> EXPORT = Map.of("engine", "export");
  private static final Map<String, ?> CONTINUE = Map.of("continue", true);

  private Set<Map<String, AttributeValue>> customers = Set.of();

  @BeforeEach
  void beginAnew() {
    clock.advance(Duration.ofMinutes(1));
    backups.loseCustomers();
    backups.fill(
        "customers", IntStream.range(0, CUSTOMERS).mapToObj(BackupTest::customer).toList());
    customers = new HashSet<>(backups.items("customers"));
  }

  @Test
  void itIsListedWhenDynamoDbHasCompletedItAndItIsSigned() throws Exception {
    var begun = backups.returns("BackupFunction", EXPORT);
    var id = begun.path("backup").asText();
    var meanwhile = backups.returns("BackupFunction", CONTINUE);
    assertThat(List.of(begun, meanwhile))
        .allSatisfy(
            answer -> {
              assertThat(answer.path("finished").asBoolean(true)).isFalse();
              assertThat(answer.path("engine").asText()).isEqualTo("export");
              assertThat(answer.path("backup").asText()).isEqualTo(id);
            });
    assertThat(files(id)).noneMatch(key -> key.contains("vestibule."));

    var taken = completed();

    assertThat(taken.path("backup").asText()).isEqualTo(id);
    assertThat(taken.path("items").asInt()).isEqualTo(CUSTOMERS);
    assertThat(taken.path("engine").asText()).isEqualTo("export");
    assertThat(files(id)).contains(taken.path("manifest").asText());
    assertThat(backups.returns("BackupFunction", CONTINUE).has("backup")).isFalse();
  }

  @Test
  void allCustomersComeBackBitForBit() {
    takeExported();
    backups.loseCustomers();

    var report = restore("live");

    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    assertThat(new HashSet<>(backups.items("customers"))).isEqualTo(customers);
  }

  @Test
  void aDrillOpensWhatWasExported() throws Exception {
    RealCustomer.store(account, "ada", clock.instant());
    takeExported();

    var report = backups.returns("DrillFunction", Map.of());

    assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
    assertThat(report.path("items").asInt()).isEqualTo(CUSTOMERS + 1);
  }

  @Test
  void aByteThatWasFlippedAfterwardsIsRefusedAndNamed() {
    var id = takeExported().path("backup").asText();
    var file = dataFile(id);
    flip(file);
    backups.loseCustomers();

    var refusal = backups.fails("RestoreFunction", Map.of("backup", id, "into", "live"));

    assertThat(refusal).contains("The backup is refused: " + file);
    assertThat(backups.items("customers")).isEmpty();
  }

  @Test
  void whoIsErasedWhileTheExportIsUnderWayStaysErased() {
    backups.returns("BackupFunction", EXPORT);
    backups.erase("c3");
    completed();
    backups.remove("erasures", "customerId", "c3"); // Only the backup still knows.
    backups.loseCustomers();

    restore("live");

    assertThat(backups.items("customers"))
        .hasSize(CUSTOMERS - 1)
        .noneMatch(customer -> Operator.text(customer, "customerId").equals("c3"));
  }

  @Test
  void manyFilesAreReadInSeveralRuns() throws Exception {
    backups.returns("BackupFunction", EXPORT);
    clock.advance(Duration.ofMinutes(5));
    List<Integer> filesRead = new ArrayList<>();
    JsonNode last = oneFile();
    while (last.has("finished")) {
      var progress = Json.MAPPER.readTree(backups.read("progress/backup.json"));
      filesRead.add(progress.at("/export/files").size());
      assertThat(files(last.path("backup").asText())).noneMatch(it -> it.contains("vestibule."));
      last = oneFile();
    }

    // A run for each file, and one each for entries, erasures and keys; the seventh signs.
    assertThat(filesRead).containsExactly(1, 2, 3, 3, 3, 3);
    assertThat(last.path("engine").asText()).isEqualTo("export");
    backups.loseCustomers();
    restore("live");
    assertThat(new HashSet<>(backups.items("customers"))).isEqualTo(customers);
  }

  private JsonNode oneFile() {
    return backups.returns("BackupFunction", Map.of("continue", true, "forSeconds", 0));
  }

  @Test
  void anExportThatDoesNotFitItsManifestIsGivenUp() {
    var id = backups.returns("BackupFunction", EXPORT).path("backup").asText();
    var file = dataFile(id);
    flip(file);
    clock.advance(Duration.ofMinutes(5));

    var failure = backups.fails("BackupFunction", CONTINUE);

    assertThat(failure).contains(file, "is not what the manifest says");
    assertThat(backups.returns("BackupFunction", CONTINUE).path("engine").asText())
        .isEqualTo("scan");
    assertThat(files(id)).noneMatch(key -> key.contains("vestibule."));
  }

  /** Whatever the engine, entries are read by us. */
  @Test
  void theEntriesOfWhoIsExportedAreScannedAfterTheExport() {
    backups.returns("BackupFunction", EXPORT);
    var entry =
        Map.of(
            "customerId", AttributeValue.fromS("c1"),
            "entryId", AttributeValue.fromS("20261120T090000000Z-sAAAAAAAAAAAAAAAAAAAAAA"),
            "form", AttributeValue.fromS("newsletter"));
    backups.put("entries", entry);
    assertThat(completed().path("entries").asInt()).isEqualTo(1);
    var key = new HashMap<>(entry);
    key.remove("form");
    backups.dynamoDb().deleteItem(delete -> delete.tableName("entries").key(key));
    assertThat(restore("live").at("/entries/restored").asInt()).isEqualTo(1);
    assertThat(backups.items("entries")).containsExactly(entry);
    backups.dynamoDb().deleteItem(delete -> delete.tableName("entries").key(key));
  }

  @Test
  void anEngineThatThereIsNotIsNotCarriedOut() {
    assertThat(backups.fails("BackupFunction", Map.of("engine", "steam")))
        .contains("scan or export");
  }

  private JsonNode takeExported() {
    backups.returns("BackupFunction", EXPORT);
    return completed();
  }

  private JsonNode completed() {
    clock.advance(Duration.ofMinutes(5));
    return backups.returns("BackupFunction", CONTINUE);
  }

  private JsonNode restore(String into) {
    return backups.returns("RestoreFunction", Map.of("backup", "latest", "into", into));
  }

  private List<String> files(String id) {
    return backups.keys("backups/" + id + "/");
  }

  /** One that has something in it. */
  private String dataFile(String id) {
    return files(id).stream()
        .filter(key -> key.contains("/customers/") && key.contains("/data/"))
        .filter(key -> backups.read(key).length > 0)
        .findFirst()
        .orElseThrow();
  }

  private void flip(String key) {
    var content = backups.read(key);
    content[content.length / 2] ^= 1;
    backups.write(key, content);
  }
}
