package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Customers are lost, and come back: all of them, bit for bit, but for those who were erased. */
@Tag("slow")
class BackupTest extends BackupAccount {

  private static final int CUSTOMERS = 300;

  private final Set<Map<String, AttributeValue>> customers =
      IntStream.range(0, CUSTOMERS).mapToObj(BackupTest::customer).collect(Collectors.toSet());

  @BeforeEach
  void beginAnew() {
    for (var stranger : backups.items("customers")) {
      if (!customers.contains(stranger)) {
        backups.remove("customers", "customerId", Operator.text(stranger, "customerId"));
      }
    }
    var there = items("customers");
    backups.fill("customers", customers.stream().filter(it -> !there.contains(it)).toList());
    backups.removeAll("erasures", "customerId");
    backups.removeAll("identities", "emailIndex");
    clock.advance(Duration.ofMinutes(1));
  }

  /** Everything that an item may hold. */
  static Map<String, AttributeValue> customer(int i) {
    byte[] binary = new byte[i % 20 == 0 ? 300 << 10 : i % 1_000];
    new Random(i).nextBytes(binary); // As hard to compress as ciphertext is.
    return Map.of(
        "customerId", AttributeValue.fromS("c" + i),
        "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(binary)),
        "empty", AttributeValue.fromS(""),
        "number", AttributeValue.fromN("-1234567890.123456789012345678901234567"),
        "unusual",
            AttributeValue.fromS(
                "\u0000\n\"\\\u2028\u0301\uFEFF \uD83D\uDC69\u200D\uD83D\uDE80 " + i),
        "nested",
            AttributeValue.fromM(
                Map.of(
                    "list",
                    AttributeValue.fromL(
                        List.of(
                            AttributeValue.fromNul(true),
                            AttributeValue.fromBool(false),
                            AttributeValue.fromSs(List.of("a", "b")),
                            AttributeValue.fromNs(List.of("1", "2")),
                            AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"))))))));
  }

  @Test
  @Tag("check")
  void allCustomersComeBackToTheLiveTableBitForBit() {
    var taken = backUp();
    backups.loseCustomers();

    var report = restore("live");

    assertThat(taken.path("items").asInt()).isEqualTo(CUSTOMERS);
    assertThat(taken.path("parts").asInt()).isPositive();
    assertThat(taken.path("engine").asText()).isEqualTo("scan");
    assertThat(items("customers")).isEqualTo(customers);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
  }

  @Test
  void allCustomersComeBackToANewTable() {
    backUp();

    var report = restore("vestibule-restore-customers-1");

    assertThat(items("vestibule-restore-customers-1")).isEqualTo(customers);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    assertThat(report.path("skipped").asInt()).isZero();
  }

  @Test
  void theLiveTableKeepsWhatIsNewer() {
    backUp();
    backups.remove("customers", "customerId", "c1");
    var newer = Map.of("customerId", AttributeValue.fromS("c2"));
    backups.put("customers", newer);

    var report = restore("live");

    assertThat(report.path("restored").asInt()).isEqualTo(1);
    assertThat(report.path("skipped").asInt()).isEqualTo(CUSTOMERS - 1);
    assertThat(items("customers")).contains(newer, customer(1));
  }

  @Test
  void whoWasErasedStaysErasedByWhateverLogStillKnows() {
    backups.erase("c1");
    backUp();
    backups.remove("erasures", "customerId", "c1"); // Known from the backup only.
    backups.erase("c2");
    backups.write("ledger/c3.json", "{}".getBytes(UTF_8));
    backups.loseCustomers();

    var report = restore("live");

    assertThat(report.path("erased").asInt()).isEqualTo(2);
    assertThat(report.path("invalid").asInt()).as("nobody has signed it").isEqualTo(1);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS - 3);
    assertThat(items("customers")).doesNotContain(customer(1), customer(2), customer(3));
    backups.delete("ledger/c3.json");
  }

  @Test
  void aDryRunWritesNothing() {
    backUp();
    backups.loseCustomers();

    var report =
        backups.returns(
            "RestoreFunction", Map.of("backup", "latest", "into", "live", "dryRun", true));

    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    assertThat(items("customers")).isEmpty();
  }

  @Test
  void whatTakesTooLongForOneRunIsGoneOnWithAndListedOnlyAtTheEnd() {
    var first = backups.returns("BackupFunction", Map.of("forSeconds", 0));
    var id = first.path("backup").asText();
    int runs = 1;
    JsonNode last = first;
    while (last.has("finished")) {
      assertThat(backups.keys("backups/" + id)).noneMatch(key -> key.endsWith("vestibule.json"));
      last = backups.returns("BackupFunction", Map.of("continue", true, "forSeconds", 0));
      runs++;
    }

    assertThat(runs).isGreaterThan(3);
    assertThat(last.path("backup").asText()).isEqualTo(id);
    assertThat(last.path("items").asInt()).isEqualTo(CUSTOMERS);
    assertThat(backups.returns("BackupFunction", Map.of("continue", true)).has("backup")).isFalse();
    backups.loseCustomers();
    restore("live");
    assertThat(items("customers")).isEqualTo(customers);
  }

  /** A reader that shares no code with the writer: gzip, JSON, MD5 and the public key. */
  @Test
  void anIndependentReaderAcceptsTheBackup() throws Exception {
    var document = backups.read(backUp().path("manifest").asText());
    var check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(publicKey())));
    check.update(document);
    var json = new ObjectMapper();
    var backup = json.readTree(document);
    var folder = "backups/" + backup.path("backup").asText();
    assertThat(check.verify(backups.read(folder + "/vestibule.sig"))).isTrue();

    var data = folder + "/customers/AWSDynamoDB/" + backup.path("backup").asText();
    var manifest = backups.read(data + "/manifest-files.json");
    assertThat(new String(backups.read(data + "/manifest-files.checksum"), UTF_8))
        .isEqualTo(md5(manifest));
    var summary = json.readTree(backups.read(data + "/manifest-summary.json"));
    assertThat(summary.path("itemCount").asInt()).isEqualTo(CUSTOMERS);
    var ids = new ArrayList<String>();
    for (var line : new String(manifest, UTF_8).lines().toList()) {
      var file = json.readTree(line);
      var content = backups.read(file.path("dataFileS3Key").asText());
      assertThat(md5(content)).isEqualTo(file.path("md5Checksum").asText());
      var text = new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes();
      for (var item : new String(text, UTF_8).lines().toList()) {
        ids.add(json.readTree(item).at("/Item/customerId/S").asText());
      }
    }
    assertThat(ids).hasSize(CUSTOMERS).doesNotHaveDuplicates();
  }

  private byte[] publicKey() {
    var key = account.variables("BackupFunction").get("RECEIPT_KEY_ARN");
    return account.operator().kms().getPublicKey(get -> get.keyId(key)).publicKey().asByteArray();
  }

  private static String md5(byte[] content) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
  }

  @Test
  void neitherIdentitiesNorSealingKeysAreInTheBucket() {
    backUp();

    assertThat(backups.keys("backups/"))
        .isNotEmpty()
        .noneMatch(key -> key.matches(".*(identities|sealing|submissions|mail-limits).*"));
  }

  @Test
  void recoveredIdentitiesGoLiveOnlyThroughTheLedger() throws Exception {
    RealCustomer.store(account, "ada", clock.instant());
    RealCustomer.store(account, "bob", clock.instant());
    var identities = backups.items("identities");
    backups.copyOfIdentities("vestibule-restore-identities");
    var erased = Operator.text(identities.getFirst(), "customerId");
    backups.erase(erased);
    backups.removeAll("identities", "emailIndex");

    var report =
        backups.returns(
            "RestoreFunction",
            Map.of("table", "identities", "from", "vestibule-restore-identities"));

    assertThat(report.path("erased").asInt()).isEqualTo(1);
    assertThat(backups.items("identities"))
        .hasSize(identities.size() - 1)
        .noneMatch(identity -> Operator.text(identity, "customerId").equals(erased));
  }

  @Test
  void aDrillOpensCustomersAndLeavesNothingButItsReport() throws Exception {
    RealCustomer.store(account, "ada", clock.instant());
    RealCustomer.store(account, "bob", clock.instant());
    backUp();
    backups.erase("c7");

    var report = backups.returns("DrillFunction", Map.of());

    assertThat(report.path("passed").asBoolean()).as(report.toString()).isTrue();
    assertThat(report.path("items").asInt()).isEqualTo(CUSTOMERS + 2);
    assertThat(report.path("opened").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(report.path("erasedAgain").asInt()).isEqualTo(1);
    assertThat(report.path("resurrected").asInt()).isZero();
    assertThat(backups.dynamoDb().listTables().tableNames()).doesNotContain("customers-drill");
    var page = report.path("report").asText().replace(".json", ".html");
    assertThat(new String(backups.read(page), UTF_8)).contains("<h1>Passed</h1>");
  }

  @Test
  void aDrillWithoutAnyKeyThatFitsFails() {
    backUp();

    var report = backups.returns("DrillFunction", Map.of());

    assertThat(report.path("passed").asBoolean()).isFalse();
    assertThat(report.path("opened").asInt()).isZero();
  }

  @Test
  void aDrillOfADamagedBackupFails() {
    var id = backUp().path("backup").asText();
    var part = backups.keys("backups/" + id + "/customers/AWSDynamoDB/" + id + "/data/").getFirst();
    backups.delete(part);

    var report = backups.returns("DrillFunction", Map.of());

    assertThat(report.path("passed").asBoolean()).isFalse();
    assertThat(new String(backups.read(report.path("report").asText()), UTF_8)).contains(part);
  }

  private JsonNode backUp() {
    return backups.returns("BackupFunction", Map.of());
  }

  private JsonNode restore(String into) {
    return backups.returns("RestoreFunction", Map.of("backup", "latest", "into", into));
  }

  private Set<Map<String, AttributeValue>> items(String table) {
    Collection<Map<String, AttributeValue>> items = backups.items(table);
    return new HashSet<>(items);
  }
}
