package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The ledger of erasures in the hands of somebody who can write to the bucket, and to nothing else:
 * they delete nobody, and bring nobody back.
 */
class LedgerTest extends Journey {

  private final List<String> everybody = new ArrayList<>();
  private Backups backups;
  private String recovered;
  private int tests;

  @BeforeEach
  void backUp() {
    backups = new Backups(host);
    tables.clear("customers");
    tables.clear("identities");
    everybody.clear();
    tests++;
    var identities = new ArrayList<Map<String, AttributeValue>>();
    for (int i = 0; i < 8; i++) {
      var number = "t" + tests + "-" + i;
      everybody.add(number);
      identities.add(Map.of("emailIndex", text("e" + i), "customerId", text(number)));
    }
    tables.put("customers", everybody.stream().map(it -> Map.of("customerId", text(it))).toList());
    tables.put("identities", identities);
    backups.returns("BackupFunction", Map.of());
    recovered = "vestibule-restore-identities-" + tests;
    backups.copyOfIdentities(recovered);
  }

  @AfterEach
  void emptyTheLedger() {
    backups.keys("ledger/").forEach(backups::delete);
  }

  /** Else whoever can write one object has every drill fail, and the backups are good. */
  @Test
  void anEntryThatNobodySignedFailsNoDrill() throws Exception {
    tables.clear("customers");
    tables.clear("identities");
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var grace = somebody();
    grace.becomesACustomer(Map.of());
    clock.advance(Duration.ofSeconds(5));
    backups.returns("BackupFunction", Map.of());
    var number = new Records(host).customerId(ada.address);
    backups.write("ledger/" + number + ".json", "x".getBytes(UTF_8));

    backups.returns("DrillFunction", Map.of());

    var report =
        backups.keys("drills/passed/").stream().filter(key -> key.endsWith(".json")).toList();
    assertThat(report).hasSize(1);
    var read = Json.MAPPER.readTree(backups.read(report.getFirst()));
    assertThat(read.path("invalid").asInt()).isEqualTo(1);
    assertThat(read.path("restored").asInt()).isEqualTo(1);
  }

  @Test
  void fiveEntriesThatNobodySignedDeleteNobody() {
    for (var number : everybody.subList(0, 5)) {
      backups.write("ledger/" + number + ".json", "x".getBytes(UTF_8));
    }
    var supposed = restore(true, List.of());
    var report = restore(false, List.of());

    assertThat(live()).containsExactlyInAnyOrderElementsOf(everybody);
    assertThat(report.path("invalid").asInt()).isEqualTo(5);
    assertThat(report.path("erased").asInt()).isZero();
    assertThat(report.path("skipped").asInt()).isEqualTo(3);
    isAsSupposed(report, supposed);
    assertThat(host.logs().getOrDefault("RestoreFunction", List.of()))
        .anyMatch(line -> line.contains("\"code\":\"ledger-entry-invalid\""));
  }

  @Test
  void anInvalidEntryKeepsRowAndKeyOutUntilAPersonOverrulesIt() {
    var first = everybody.getFirst();
    var second = everybody.get(1);
    backups.write("ledger/" + first + ".json", "x".getBytes(UTF_8));
    backups.write("ledger/2/" + second + ".AAAAAAAAAAAAAAAA.json", "x".getBytes(UTF_8));
    tables.clear("customers");
    tables.clear("identities");

    assertThat(restore(false, List.of()).path("invalid").asInt()).isEqualTo(2);
    assertThat(restoreIdentities(List.of()).path("invalid").asInt()).isEqualTo(2);
    assertThat(live()).hasSize(6).doesNotContain(first, second);
    assertThat(keys()).hasSize(6).doesNotContain(first, second);

    assertThat(restore(true, List.of(first)).path("restored").asInt()).isEqualTo(1);
    assertThat(audit(first)).as("a dry run overrules nothing").isEmpty();
    var report = restore(false, List.of(first));
    restoreIdentities(List.of(first));

    assertThat(report.path("restored").asInt()).isEqualTo(1);
    assertThat(report.path("invalid").asInt()).isEqualTo(1);
    assertThat(live()).contains(first).doesNotContain(second);
    assertThat(keys()).contains(first).doesNotContain(second);
    assertThat(audit(first)).contains("overruled");
    assertThat(audit(second)).isEmpty();
  }

  @Test
  void whoWasReallyErasedCannotBeOverruled() throws Exception {
    var number = erased();

    assertThat(
            backups.fails(
                "RestoreFunction",
                Map.of("backup", "latest", "into", "live", "overrule", List.of(number))))
        .contains("no invalid entry");
  }

  /** The table was lost, and an old row is put back. */
  @Test
  void aSignedEntryAloneDeletesALiveRowAndADryRunTellsWhom() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    var row = row("customers", number);
    backups.returns("BackupFunction", Map.of());
    Requests.asked(this, ada, "erase").woken();
    backups.remove("erasures", "customerId", number);
    backups.delete("ledger/" + number + ".json");
    backups.put("customers", row);

    var supposed = restore(true, List.of());
    assertThat(texts(supposed.path("wouldGo"))).containsExactly(number);
    assertThat(live()).contains(number);
    var report = restore(false, List.of());

    assertThat(live()).doesNotContain(number);
    assertThat(report.path("erased").asInt()).isEqualTo(1);
    assertThat(report.path("invalid").asInt()).isZero();
    isAsSupposed(report, supposed);
  }

  /** Who can write to the bucket copies what they find there. */
  @Test
  void aSignatureIsWorthNothingForAnotherNumberOrTime() throws Exception {
    var number = erased();
    var key = backups.keys("ledger/2/" + number).getFirst();
    var token = key.substring(key.lastIndexOf('.', key.length() - 6));
    backups.write("ledger/2/" + everybody.getFirst() + token, "x".getBytes(UTF_8));
    var other = token.charAt(5) == 'A' ? "B" : "A";
    var garbled = token.substring(0, 5) + other + token.substring(6);
    backups.write("ledger/2/" + everybody.get(1) + garbled, "x".getBytes(UTF_8));

    var report = restore(false, List.of());

    assertThat(live()).contains(everybody.getFirst(), everybody.get(1));
    assertThat(report.path("invalid").asInt()).isEqualTo(2);
  }

  @Test
  void theEntriesOfTheVersionBeforeAreSignedByTheDailyRunAndThenAreOld() throws Exception {
    var number = erased();
    backups.keys("ledger/2/").forEach(backups::delete);
    backups.write("ledger/" + everybody.getFirst() + ".json", "x".getBytes(UTF_8));

    backups.returns("DeadlineFunction", Map.of());

    assertThat(backups.keys("ledger/2/")).hasSize(1);
    assertThat(backups.keys("ledger/2/" + number + ".")).hasSize(1);
    backups.remove("erasures", "customerId", number);
    var report = restore(false, List.of());
    assertThat(report.path("invalid").asInt()).as("of the forged one alone").isEqualTo(1);
    backups.returns("DeadlineFunction", Map.of());
    assertThat(backups.keys("ledger/2/")).as("it is signed once").hasSize(1);
  }

  private String erased() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    Requests.asked(this, ada, "erase").woken();
    assertThat(backups.keys("ledger/2/" + number + ".")).hasSize(1);
    return number;
  }

  /** They write to the audit, but nothing about a customer, and change no entry about one. */
  @Test
  void whoOverrulesEntriesOrBindsKeysWritesNoCustomersAudit() {
    var number = everybody.getFirst();
    for (var function : List.of("RestoreFunction", "BindingFunction")) {
      try (var client = as(function)) {
        assertThatExceptionOfType(DynamoDbException.class)
            .as(function)
            .isThrownBy(
                () ->
                    client.putItem(
                        put ->
                            put.tableName("audit")
                                .item(
                                    Map.of(
                                        "customerId", AttributeValue.fromS(number),
                                        "at#id", AttributeValue.fromS("2026-01-01#x")))))
            .satisfies(
                e ->
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
      }
    }
  }

  private static void isAsSupposed(JsonNode report, JsonNode supposed) {
    for (var count : List.of("restored", "skipped", "erased", "invalid")) {
      assertThat(report.path(count)).as(count).isEqualTo(supposed.path(count));
    }
  }

  private JsonNode restore(boolean dryRun, List<String> overrule) {
    var order = new HashMap<String, Object>(Map.of("backup", "latest", "into", "live"));
    if (dryRun) {
      order.put("dryRun", true);
    }
    if (!overrule.isEmpty()) {
      order.put("overrule", overrule);
    }
    return backups.returns("RestoreFunction", order);
  }

  private JsonNode restoreIdentities(List<String> overrule) {
    return backups.returns(
        "RestoreFunction", Map.of("table", "identities", "from", recovered, "overrule", overrule));
  }

  private Collection<String> live() {
    return numbers("customers");
  }

  private Collection<String> keys() {
    return numbers("identities");
  }

  private Collection<String> numbers(String table) {
    return tables.items(table).stream().map(item -> Tables.text(item, "customerId")).toList();
  }

  private Map<String, AttributeValue> row(String table, String number) {
    return tables.items(table).stream()
        .filter(item -> Tables.text(item, "customerId").equals(number))
        .findFirst()
        .orElseThrow();
  }

  private List<String> audit(String number) {
    return tables.items("audit").stream()
        .filter(item -> Tables.text(item, "customerId").equals("ledger#" + number))
        .map(item -> Optional.ofNullable(item.get("action")).orElseThrow().s())
        .toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
