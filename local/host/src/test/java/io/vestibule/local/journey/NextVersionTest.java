package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.keys.SigningKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The next version was deployed, has stored what it stores, and was rolled back: this one goes on
 * with everything that it finds, and takes nothing away.
 */
class NextVersionTest extends Journey {

  private Backups backups;
  private Records records;

  @BeforeAll
  void begin() {
    backups = new Backups(host);
    records = new Records(host);
  }

  @BeforeEach
  void aMomentLater() {
    clock.advance(Duration.ofSeconds(5)); // Two backups of one millisecond sort by chance.
  }

  @Test
  void aCustomerStaysACustomerWithAllTheirRights() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    records.rewrite(
        ada.address,
        record -> {
          sign(record).put("score", 7);
          sign(object(record, "/fields/name")).putArray("former").add("Augusta");
          sign(object(record, "/consents/0")).put("page", "https://www.example.com/sign-up");
        });

    var more = ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    var withdrawal = Requests.asked(this, ada, "withdraw");
    var copy = Requests.asked(this, ada, "access");

    assertThat(tables.status(more)).isEqualTo("DONE");
    assertThat(withdrawal.status()).isEqualTo("DONE");
    var record = records.json(ada.address);
    assertThat(record.at("/fields/company/value").asText()).isEqualTo("Analytical Engines");
    assertThat(record.path("withdrawals")).hasSize(1);
    assertThat(record.path("score").asInt()).isEqualTo(7);
    assertThat(record.path("version").asInt()).isEqualTo(2);
    assertThat(record.at("/consents/0/page").asText()).endsWith("/sign-up");
    var told = Json.MAPPER.readTree(copy.file("copy.json").body());
    assertThat(told.at("/unknown/score").asInt()).isEqualTo(7);
    assertThat(told.at("/consents/0/unknown/page").asText()).endsWith("/sign-up");
    assertThat(copy.page().body()).contains("Analytical Engines");
    assertThat(Requests.asked(this, ada, "erase").woken().status()).isEqualTo("DONE");
    assertThat(records.isKnown(ada.address)).isFalse();
  }

  @Test
  void aBackupIsRestoredAndDrilled() throws Exception {
    somebody().becomesACustomer(Map.of());
    var everybody = tables.items("customers");
    var name = backups.returns("BackupFunction", Map.of()).path("manifest").asText();
    var document = json(name);
    sign(document).put("region", "eu-central-1");
    sign(object(document, "/tables/0")).put("units", 5);
    sign(object(document, "/tables/0/data/0")).put("crc64", "x");
    var more = document.withArray("/tables").addObject().put("kind", "DELIVERIES");
    more.put("table", "deliveries").put("startedAt", "2026-11-20T09:00:00Z");
    more.put("items", 0).putArray("data");
    more.putArray("manifests");
    var bytes = document.toPrettyString().getBytes(UTF_8);
    backups.write(name, bytes);
    backups.write(name.replace(".json", ".sig"), receiptKey().sign(bytes));
    backups.loseCustomers();

    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(tables.items("customers")).containsExactlyInAnyOrderElementsOf(everybody);
    assertThat(backups.returns("DrillFunction", Map.of()).path("passed").asBoolean()).isTrue();
  }

  @Test
  void aBackupThatWaitsIsGoneOnWith() throws Exception {
    var waits = backups.returns("BackupFunction", Map.of("forSeconds", 0)).path("backup").asText();
    var progress = json("progress/backup.json");
    sign(progress);
    sign(object(progress, "/tables/0")).put("units", 5);
    sign(object(progress, "/tables/0/segments/0")).put("retries", 1);
    backups.write("progress/backup.json", progress.toString().getBytes(UTF_8));

    backups.returns("BackupFunction", Map.of("continue", true, "forSeconds", 0));

    var after = json("progress/backup.json");
    assertThat(after.path("version").asInt()).isEqualTo(2);
    assertThat(after.findValuesAsText("units")).containsExactly("5");
    assertThat(after.findValuesAsText("retries")).containsExactly("1");
    var taken = backups.returns("BackupFunction", Map.of("continue", true));
    assertThat(taken.path("backup").asText()).isEqualTo(waits);
    assertThat(taken.has("items")).isTrue();
  }

  @Test
  void aLeaseKeepsWhatIsInIt() throws Exception {
    backups.returns("BackupFunction", Map.of());
    var lease = json("leases/backup.json");
    sign(lease).put("engine", "scan");
    backups.write("leases/backup.json", lease.toString().getBytes(UTF_8));

    backups.returns("BackupFunction", Map.of());

    var after = json("leases/backup.json");
    assertThat(after.path("run")).isNotEqualTo(lease.path("run"));
    assertThat(after.path("done").asBoolean()).isTrue();
    assertThat(after.path("version").asInt()).isEqualTo(2);
    assertThat(after.path("engine").asText()).isEqualTo("scan");
  }

  /** Two backups at once would write over one another; so would two drills, in one table. */
  @Test
  void aLeaseThatNobodyCanReadKeepsOthersOutForAsLongAsARunCanLast() {
    // When an object was written, the bucket tells by its own clock, which nobody moves.
    clock.advance(Duration.between(clock.instant(), Instant.now()));
    for (String run : List.of("backup", "drill")) {
      backups.write("leases/" + run + ".json", "{\"until\":{\"at\":\"later\"}}".getBytes(UTF_8));
    }
    for (String function : List.of("BackupFunction", "DrillFunction")) {
      assertThat(backups.returns(function, Map.of()).path("busy").asBoolean()).isTrue();
      var schedule = backups.returns(function, Map.of("continue", true));
      assertThat(schedule.path("busy").asBoolean()).isTrue();
    }

    clock.advance(Duration.ofMinutes(17));

    var madeUp = backups.returns("BackupFunction", Map.of("continue", true));
    assertThat(madeUp.has("items")).as("whoever held it never said how it ended").isTrue();
    assertThat(backups.returns("DrillFunction", Map.of("continue", true)).has("passed")).isTrue();
  }

  private SigningKey receiptKey() {
    var key =
        host.stack().keys().stream()
            .filter(it -> it.logicalId().equals("ReceiptKey"))
            .findFirst()
            .orElseThrow();
    return new SigningKey(host.operator().kms(), key.arn());
  }

  /** Leaves the next version's mark. */
  private static ObjectNode sign(ObjectNode object) {
    return object.put("version", 2);
  }

  private static ObjectNode object(JsonNode document, String at) {
    return (ObjectNode) document.at(at);
  }

  private ObjectNode json(String key) throws IOException {
    return (ObjectNode) Json.MAPPER.readTree(backups.read(key));
  }
}
