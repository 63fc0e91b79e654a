package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Rows of the greatest size that DynamoDB takes, written with the credentials of the public
 * functions: each is put aside, and keeps nobody else waiting.
 */
class PoisonedRowsTest extends Journey {

  /** Bytes: the most that an item may have, names and values. */
  private static final int MOST = 409_600;

  private final SecureRandom random = new SecureRandom();
  private DynamoDbClient intake;
  private DynamoDbClient verify;

  @BeforeAll
  void takeOver() {
    intake = as("IntakeFunction");
    verify = as("VerifyFunction");
  }

  @ParameterizedTest
  @CsvSource({
    "STORAGE, sealed",
    "STORAGE, sealingKey",
    "STORAGE, form",
    "STORAGE, hint",
    "STORAGE, linkNo",
    "STORAGE, expiresAt",
    "DELETION, sealed",
    "DELETION, form"
  })
  void aNewRowOfTheGreatestSizeIsPutAsideAndWhoeverComesAfterItIsMailed(
      Destination destination, String column) throws Exception {
    var id = handIn(destination, "PENDING", column);

    isMailedAtOnce(destination);
    assertThat(tables.status(id.value())).isEqualTo("HELD unreadable");
    assertThat(sizeOf(tables.row(table(id), id.value()))).isLessThan(1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "STORAGE, proof",
    "STORAGE, choice",
    "STORAGE, tokenHash",
    "STORAGE, verifiedAt",
    "DELETION, proof",
    "DELETION, linkExpiresAt"
  })
  void aPressOfTheGreatestSizeIsPutAsideAndWhoeverComesAfterItIsServed(
      Destination destination, String column) throws Exception {
    var ada = somebody();
    var id = new RowId(submits(ada, destination));
    ada.link();
    var before = tables.row(table(id), id.value());
    update(id, column, filler(column, MOST - sizeOf(before)), "VERIFIED");

    var grace = somebody();
    grace.becomesACustomer(Map.of());
    assertThat(tables.status(id.value())).isEqualTo("HELD forged");
    assertThat(sizeOf(tables.row(table(id), id.value()))).isLessThan(1_000);
    if (destination == Destination.DELETION) {
      assertThat(Requests.asked(this, grace, "erase").woken().status()).isEqualTo("DONE");
    }
  }

  /**
   * The record of the small row is handled when the row has no room left for the mailer's claim.
   */
  @Test
  void aRowThatGrowsBeforeItsRecordIsHandledKeepsNobodyWaiting() throws Exception {
    var ada = somebody();
    var id = new RowId(ada.submits(Map.of()));
    ada.link();
    var mailed = tables.row(table(id), id.value());
    update(id, "linkExpiresAt", filler("linkExpiresAt", MOST - sizeOf(mailed)), "MAILED");
    ada.asksForANewLink(id.value());

    isMailedAtOnce(Destination.STORAGE);
  }

  @Test
  void aRowThatSaysThatAMailerIsAtItIsPutAsideByTheReconciler() throws Exception {
    var id = handIn(Destination.STORAGE, "MAILING", "sealed");
    var request = handIn(Destination.DELETION, "MAILING", "sealed");
    var waiting = handIn(Destination.DELETION, "MAILING", "nothing");
    clock.advance(Duration.ofMinutes(20));

    assertThat(reconciles().path("mailedAgain").asInt()).isPositive();
    assertThat(tables.status(id.value())).isEqualTo("HELD unreadable");
    assertThat(tables.status(request.value())).isEqualTo("HELD unreadable");
    host.drain(LIMIT);
    assertThat(tables.status(waiting.value())).isEqualTo("HELD unreadable");
    assertThat(reconciles().path("mailedAgain").asInt()).isZero();
  }

  /** It would stay held, but to say so makes it larger. */
  @Test
  void aRequestOfTheGreatestSizeThatIsPassedOverFailsNoRun() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 3; i++) {
      ada.asks("access");
    }
    host.drain(LIMIT);
    var large = new RowId(ada.asks("access"));
    clock.advance(Duration.ofSeconds(1));
    var newest = ada.asks("access");
    host.drain(LIMIT);
    var held = tables.row(table(large), large.value());
    update(large, "choice", filler("choice", MOST - sizeOf(held) + 20), "HELD");
    clock.advance(Duration.ofDays(1));

    reconciles();
    host.drain(LIMIT);
    reconciles();
    assertThat(tables.status(newest)).isEqualTo("MAILED");
    assertThat(tables.status(large.value())).isEqualTo("HELD unreadable");
  }

  @Test
  void aRowOfTheGreatestSizeThatExpiresAtOnceKeepsNobodyWaiting() throws Exception {
    var id = handIn(Destination.STORAGE, "MAILED", "form");
    tables.expire(clock.instant().plus(Duration.ofDays(40)));

    somebody().becomesACustomer(Map.of());
    assertThat(tables.row(table(id), id.value())).isEmpty();
  }

  /** A person decides about it, as about any other. */
  @Test
  void whatWasPutAsideCanBeRejected() throws Exception {
    var id = handIn(Destination.STORAGE, "PENDING", "hint");
    host.drain(LIMIT);

    var backups = new Backups(host);
    assertThat(backups.returns("ReconcileFunction", Map.of("reject", id.value())).toString())
        .contains("rejected");
    assertThat(tables.status(id.value())).startsWith("ERASED");
  }

  private void isMailedAtOnce(Destination destination) throws Exception {
    var grace = somebody();
    submits(grace, destination);
    assertThat(grace.mails()).hasSize(destination.choose(1, 2));
  }

  private String submits(Person person, Destination destination) throws Exception {
    if (destination == Destination.STORAGE) {
      return person.submits(Map.of());
    }
    person.becomesACustomer(Map.of());
    return person.asks("erase");
  }

  private RowId handIn(Destination destination, String status, String column) {
    var id = RowId.random(destination, random);
    var item = new HashMap<String, AttributeValue>();
    item.put("id", text(id.value()));
    item.put("form", text(destination.choose("contact", "privacy")));
    item.put("status", text(status));
    item.put("open", text(status + "#0"));
    item.put("sealingKey", text("none"));
    item.put("sealed", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1})));
    item.put("linkNo", AttributeValue.fromN("1"));
    item.put("createdAt", text(Timestamp.of(clock.instant())));
    item.put("expiresAt", AttributeValue.fromN("" + (clock.instant().getEpochSecond() + 3_600)));
    if (!column.equals("nothing")) {
      item.put(column, text(""));
      item.put(column, filler(column, MOST - sizeOf(item)));
    }
    intake.putItem(put -> put.tableName(table(id)).item(item));
    return id;
  }

  private void update(RowId id, String column, AttributeValue value, String status) {
    verify.updateItem(
        update ->
            update
                .tableName(table(id))
                .key(Map.of("id", text(id.value())))
                .updateExpression("SET #status = :status, #column = :value")
                .expressionAttributeNames(Map.of("#status", "status", "#column", column))
                .expressionAttributeValues(Map.of(":status", text(status), ":value", value)));
  }

  /** So that the row has exactly as many bytes as an item may have, or a few less. */
  private static AttributeValue filler(String column, int size) {
    int room = size - column.length() - 20;
    return column.equals("sealed") || column.equals("proof") || column.equals("tokenHash")
        ? AttributeValue.fromB(SdkBytes.fromByteArray(new byte[room]))
        : text("x".repeat(room));
  }

  private static int sizeOf(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(it -> it.getKey().length() + sizeOf(it.getValue()))
        .sum();
  }

  private static int sizeOf(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().length();
      case B -> value.b().asByteArrayUnsafe().length;
      case BS -> value.bs().stream().mapToInt(it -> it.asByteArrayUnsafe().length).sum();
      default -> value.n().length();
    };
  }

  private JsonNode reconciles() {
    return new Backups(host).returns("ReconcileFunction", Map.of());
  }

  private static String table(RowId id) {
    return id.destination().choose("submissions", "requests");
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
