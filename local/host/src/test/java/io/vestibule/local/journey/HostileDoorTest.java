package io.vestibule.local.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.rows.NewSubmission;
import io.vestibule.store.rows.NewSubmissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The public functions in an attacker's hands: their credentials, and everything that their roles
 * allow, in any order. It confirms no address, stores nothing, and reads nothing that was sent.
 */
class HostileDoorTest extends Journey {

  private final SecureRandom random = new SecureRandom();
  private DynamoDbClient intake;
  private DynamoDbClient verify;

  @BeforeAll
  void takeOver() {
    intake = as("IntakeFunction");
    verify = as("VerifyFunction");
  }

  @Test
  void aRowThatSaysVerifiedWithoutAProofIsForged() throws Exception {
    var id = RowId.random(Destination.STORAGE, random);
    intake.putItem(put -> put.tableName("submissions").item(row(id, "VERIFIED", sealFor(id))));

    isForged(id);
  }

  @Test
  void aProofUnderATokenOfTheAttackersOwnIsForged() throws Exception {
    var id = RowId.random(Destination.STORAGE, random);
    handIn(id);
    host.drain(LIMIT);
    var own = LinkToken.of(new byte[32]);
    pressByHand(id, own.proof(id, 1));

    isForged(id);
  }

  /** As intake does. */
  private void handIn(RowId id) throws Exception {
    var now = clock.instant();
    new NewSubmissions(intake, "submissions")
        .add(
            new NewSubmission(
                id, "contact", sealFor(id), Optional.empty(), now, now.plus(Duration.ofDays(3))));
  }

  @Test
  void theProofOfOneSubmissionIsNoneForAnother() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    var token = LinkToken.parse(Person.token(ada.link())).orElseThrow();
    var victim = RowId.random(Destination.STORAGE, random);
    handIn(victim);
    host.drain(LIMIT);
    pressByHand(victim, token.proof(victim, 1));

    isForged(victim);
  }

  @Test
  void contentPutInThePlaceOfWhatWasMailedIsNotConfirmedByThePress() throws Exception {
    var ada = somebody();
    var id = new RowId(ada.submits(Map.of("message", "what I wrote")));
    var link = ada.link();
    var mailed = new HashMap<>(tables.submission(id.value()));
    var swapped = row(id, "PENDING", sealFor(id));
    intake.putItem(put -> put.tableName("submissions").item(swapped));
    verify.updateItem(
        update ->
            update
                .tableName("submissions")
                .key(Map.of("id", AttributeValue.fromS(id.value())))
                .updateExpression(
                    "SET #status = :mailed, tokenHash = :hash, linkExpiresAt = :expiresAt")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(
                    Map.of(
                        ":mailed", AttributeValue.fromS("MAILED"),
                        ":hash", requireNonNull(mailed.get("tokenHash")),
                        ":expiresAt", requireNonNull(mailed.get("linkExpiresAt")))));
    ada.presses(link);

    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isNotEqualTo("DONE");
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  @Test
  void contentCopiedFromAnotherRowDoesNotOpenAndIsNotMailed() throws Exception {
    var ada = somebody();
    var original = ada.submits(Map.of());
    ada.link();
    var mails = host.inbox().mails().size();
    var item = new HashMap<>(tables.submission(original));
    var id = RowId.random(Destination.STORAGE, random);
    var copy =
        new SealedContent(
            Tables.text(item, "sealingKey"), requireNonNull(item.get("sealed")).b().asByteArray());
    intake.putItem(put -> put.tableName("submissions").item(row(id, "PENDING", copy)));

    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isEqualTo("HELD unreadable");
    assertThat(host.logs().getOrDefault("MailerFunction", List.of()))
        .as("why is logged, with the row and a code")
        .anyMatch(
            line ->
                line.contains("\"code\":\"submission-unreadable\"")
                    && line.contains("\"correlation_id\":\"%s\"".formatted(id.value())));
    assertThat(host.inbox().mails()).hasSize(mails);
  }

  @Test
  void rowsThatAreNoSubmissionsStopNobodyElse() throws Exception {
    var id = RowId.random(Destination.STORAGE, random);
    var broken = new HashMap<>(row(id, "PENDING", sealFor(id)));
    broken.put("createdAt", AttributeValue.fromS("yesterday"));
    intake.putItem(put -> put.tableName("submissions").item(broken));
    intake.putItem(
        put ->
            put.tableName("submissions")
                .item(
                    Map.of(
                        "id", AttributeValue.fromS("nonsense"),
                        "status", AttributeValue.fromS("VERIFIED"))));

    var ada = somebody();
    var honest = ada.becomesACustomer(Map.of());
    assertThat(tables.status(honest)).isEqualTo("DONE");
    assertThat(ada.get(host.uri().resolve("/verify/" + id)).statusCode()).isEqualTo(410);
  }

  @Test
  void neitherReadsContentNorAnythingElseThanItsColumns() {
    denied(() -> intake.getItem(get -> get.tableName("submissions").key(anyKey("id"))));
    denied(() -> verify.getItem(get -> get.tableName("submissions").key(anyKey("id"))));
    denied(
        () ->
            verify.query(
                query ->
                    query
                        .tableName("submissions")
                        .keyConditionExpression("id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("x")))
                        .select("SPECIFIC_ATTRIBUTES")
                        .projectionExpression("id, sealed")));
    denied(
        () ->
            verify.query(
                query ->
                    query
                        .tableName("submissions")
                        .keyConditionExpression("id = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("x")))));
    denied(
        () ->
            verify.updateItem(
                update ->
                    update
                        .tableName("submissions")
                        .key(anyKey("id"))
                        .updateExpression("SET proof = :p")
                        .expressionAttributeValues(Map.of(":p", AttributeValue.fromS("x")))
                        .returnValues("ALL_OLD")));
    denied(
        () ->
            intake.getItem(
                get ->
                    get.tableName("sealing-keys")
                        .key(Map.of("name", AttributeValue.fromS("private#x")))));
    denied(() -> intake.getItem(get -> get.tableName("system-keys").key(anyKey("name"))));
    denied(() -> intake.getItem(get -> get.tableName("identities").key(anyKey("emailIndex"))));
    denied(() -> verify.scan(scan -> scan.tableName("customers")));
    denied(() -> intake.scan(scan -> scan.tableName("submissions")));
  }

  @Test
  void intakeCannotWriteTheColumnsThatOthersDecideBy() {
    var id = RowId.random(Destination.STORAGE, random);
    var item = new HashMap<>(row(id, "VERIFIED", sealFor(id)));
    item.put("proof", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32])));

    denied(() -> intake.putItem(put -> put.tableName("submissions").item(item)));
  }

  private static Map<String, AttributeValue> anyKey(String name) {
    return Map.of(name, AttributeValue.fromS("anything"));
  }

  private static void denied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
  }

  private void isForged(RowId id) throws Exception {
    var customers = tables.items("customers").size();
    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isEqualTo("HELD forged");
    assertThat(tables.items("customers")).hasSize(customers);
    assertThat(host.logs().get("StoreFunction"))
        .as("the metric that the alarm watches")
        .anyMatch(line -> line.contains("SubmissionForged"));
  }

  private void pressByHand(RowId id, byte[] proof) {
    verify.updateItem(
        update ->
            update
                .tableName("submissions")
                .key(Map.of("id", AttributeValue.fromS(id.value())))
                .updateExpression("SET #status = :verified, proof = :proof")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(
                    Map.of(
                        ":verified", AttributeValue.fromS("VERIFIED"),
                        ":proof", AttributeValue.fromB(SdkBytes.fromByteArray(proof)))));
  }

  private Map<String, AttributeValue> row(RowId id, String status, SealedContent sealed) {
    return Map.of(
        "id", AttributeValue.fromS(id.value()),
        "form", AttributeValue.fromS("contact"),
        "status", AttributeValue.fromS(status),
        "open", AttributeValue.fromS(status + "#0"),
        "sealed", AttributeValue.fromB(SdkBytes.fromByteArray(sealed.ciphertext())),
        "sealingKey", AttributeValue.fromS(sealed.sealingKey()),
        "linkNo", AttributeValue.fromN("1"),
        "createdAt", AttributeValue.fromS("2026-11-21T12:00:00.000Z"));
  }

  /** Whoever holds the public key can seal anything, in anybody's name. */
  private SealedContent sealFor(RowId id) {
    try {
      var current = new SealingKeys(intake, "sealing-keys").current().orElseThrow();
      var content =
          new Submission(
              Json.MAPPER
                  .createObjectNode()
                  .put("email", "victim@%s.example.org".formatted(id.value().substring(1, 9)))
                  .put("name", "Mallory")
                  .put("message", "not what the victim wrote"),
              Map.of(),
              "en",
              "",
              clock.instant());
      return SealingKey.parse(current.id(), current.keyset()).seal(id, "contact", content.toJson());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
