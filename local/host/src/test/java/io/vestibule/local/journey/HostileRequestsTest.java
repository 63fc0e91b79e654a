package io.vestibule.local.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.store.keys.SealingKeys;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The public functions in an attacker's hands who is after somebody's data: whatever they write
 * erases nobody, tells nothing and takes no consent back.
 */
class HostileRequestsTest extends Journey {

  private final SecureRandom random = new SecureRandom();
  private DynamoDbClient intake;
  private DynamoDbClient verify;
  private Person victim;
  private long alarms;

  @BeforeAll
  void takeOver() {
    intake = as("IntakeFunction");
    verify = as("VerifyFunction");
  }

  @BeforeEach
  void somebodyIsACustomer() throws Exception {
    victim = somebody();
    victim.becomesACustomer(Map.of("message", "Hello"));
    alarms = alarms();
  }

  /** How often the metric was written that the alarm watches. */
  private long alarms() {
    return host.logs().getOrDefault("DeletionFunction", List.of()).stream()
        .filter(line -> line.contains("SubmissionForged"))
        .count();
  }

  @ParameterizedTest
  @CsvSource({"erase,VERIFIED", "erase,ERASING", "access,VERIFIED", "withdraw,VERIFIED"})
  void aRequestWithoutAProofIsForged(String kind, String status) throws Exception {
    var id = RowId.random(Destination.DELETION, random);
    put("requests", row(id, status, sealFor(id, kind)));

    isForged(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VERIFIED", "ERASING"})
  void aRequestWithoutContentIsForged(String status) throws Exception {
    var id = RowId.random(Destination.DELETION, random);
    var row = new HashMap<>(row(id, status, sealFor(id, "erase")));
    row.remove("sealed");
    put("requests", row);

    isForged(id);
  }

  @Test
  void aProofUnderATokenOfTheAttackersOwnIsForged() throws Exception {
    var id = RowId.random(Destination.DELETION, random);
    put("requests", row(id, "MAILED", sealFor(id, "erase")));
    press(id, LinkToken.of(new byte[32]).proof(id, 1));

    isForged(id);
  }

  @Test
  void theAttackersOwnLinkConfirmsNothingForSomebodyElse() throws Exception {
    var attacker = somebody();
    attacker.becomesACustomer(Map.of());
    attacker.asks("erase");
    var token = LinkToken.parse(Person.token(attacker.link())).orElseThrow();
    var id = RowId.random(Destination.DELETION, random);
    put("requests", row(id, "MAILED", sealFor(id, "erase")));
    press(id, token.proof(id, 1));

    isForged(id);
  }

  /** The victim asked for a copy, and presses; what is sealed in the row has become an erasure. */
  @Test
  void whatIsPutInThePlaceOfWhatWasMailedIsNotDone() throws Exception {
    var id = new RowId(victim.asks("access"));
    var link = victim.link();
    var mailed = new HashMap<>(tables.row("requests", id.value()));
    put("requests", row(id, "MAILED", sealFor(id, "erase")));
    verify.updateItem(
        update ->
            update
                .tableName("requests")
                .key(Map.of("id", AttributeValue.fromS(id.value())))
                .updateExpression("SET tokenHash = :hash, linkExpiresAt = :expiresAt")
                .expressionAttributeValues(
                    Map.of(
                        ":hash", requireNonNull(mailed.get("tokenHash")),
                        ":expiresAt", requireNonNull(mailed.get("linkExpiresAt")))));
    victim.presses(link);

    isForged(id);
    assertThat(victim.get(link).body()).doesNotContain("Hello");
  }

  @Test
  void aRequestCopiedFromAnotherRowIsForged() throws Exception {
    var pressed = new RowId(victim.asks("erase"));
    host.drain(LIMIT);
    var row = tables.row("requests", pressed.value());
    var id = RowId.random(Destination.DELETION, random);
    var sealed =
        new SealedContent(
            Tables.text(row, "sealingKey"), requireNonNull(row.get("sealed")).b().asByteArray());
    put("requests", row(id, "MAILED", sealed));
    var token = LinkToken.parse(Person.token(victim.link())).orElseThrow();
    press(id, token.proof(id, 1));

    isForged(id);
  }

  @Test
  void anErasureThatIsSaidToHaveBegunIsForgedEvenIfItWasPressed() throws Exception {
    var id = new RowId(victim.asks("erase"));
    var token = LinkToken.parse(Person.token(victim.link())).orElseThrow();
    var asked = Tables.text(tables.row("requests", id.value()), "asked");
    tables.set(id.value(), Map.of("choice", "deed=erase"));
    update(id, "ERASING", token.proof(id, 1, asked, "deed=erase"));

    isForged(id);
  }

  @Test
  void aRequestInTheTableOfSubmissionsAndTheOtherWayRoundIsNeither() throws Exception {
    var request = RowId.random(Destination.DELETION, random);
    var submission = RowId.random(Destination.STORAGE, random);
    put("submissions", row(request, "VERIFIED", sealFor(request, "erase")));
    put("requests", row(submission, "VERIFIED", sealFor(submission, "erase")));
    host.drain(LIMIT);

    assertThat(Tables.text(tables.row("submissions", request.value()), "status"))
        .isNotEqualTo("DONE");
    assertThat(Tables.text(tables.row("requests", submission.value()), "status"))
        .isNotEqualTo("DONE");
    assertThat(new Records(host).isKnown(victim.address)).isTrue();
  }

  private void isForged(RowId id) throws Exception {
    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isEqualTo("HELD forged");
    assertThat(new Records(host).isKnown(victim.address)).isTrue();
    assertThat(tables.items("disclosures")).isEmpty();
    assertThat(new Records(host).of(victim.address).withdrawals()).hasSizeLessThan(2);
    assertThat(alarms()).isGreaterThan(alarms);
  }

  private void put(String table, Map<String, AttributeValue> item) {
    intake.putItem(put -> put.tableName(table).item(item));
  }

  private void press(RowId id, byte[] proof) {
    update(id, "VERIFIED", proof);
  }

  private void update(RowId id, String status, byte[] proof) {
    verify.updateItem(
        update ->
            update
                .tableName("requests")
                .key(Map.of("id", AttributeValue.fromS(id.value())))
                .updateExpression("SET #status = :status, proof = :proof")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(
                    Map.of(
                        ":status", AttributeValue.fromS(status),
                        ":proof", AttributeValue.fromB(SdkBytes.fromByteArray(proof)))));
  }

  private Map<String, AttributeValue> row(RowId id, String status, SealedContent sealed) {
    return Map.of(
        "id", AttributeValue.fromS(id.value()),
        "form", AttributeValue.fromS("privacy"),
        "status", AttributeValue.fromS(status),
        "open", AttributeValue.fromS(status + "#0"),
        "sealed", AttributeValue.fromB(SdkBytes.fromByteArray(sealed.ciphertext())),
        "sealingKey", AttributeValue.fromS(sealed.sealingKey()),
        "linkNo", AttributeValue.fromN("1"),
        "createdAt", AttributeValue.fromS("2026-11-21T12:00:00.000Z"));
  }

  /** Whoever holds the public key can seal anything, in anybody's name. */
  private SealedContent sealFor(RowId id, String kind) throws Exception {
    var current = new SealingKeys(intake, "sealing-keys").current().orElseThrow();
    var fields = Json.MAPPER.createObjectNode().put("email", victim.address).put("kind", kind);
    var content = new Submission(fields, Map.of(), "en", "", clock.instant());
    return SealingKey.parse(current.id(), current.keyset()).seal(id, "privacy", content.toJson());
  }
}
