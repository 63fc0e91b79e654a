package io.vestibule.store.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.local.aws.LostAnswers;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.rows.SubmissionRow;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A row is put aside only as it was judged: others may have been at it since its record. */
class MailRefusalsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T20:14:00Z");

  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private MailRefusals refusals;

  @BeforeEach
  void createTable() throws IOException {
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(PlainTable.of("submissions", "id"));
    refusals = new MailRefusals(dynamoDb, "submissions", new Forms());
  }

  @AfterEach
  void stop() throws Exception {
    dynamoDb.close();
    database.close();
  }

  @Test
  void anOlderRecordUndoesNoRelease() {
    var judged = row(Map.of());
    var released = row(Map.of("releasedAt", Timestamp.of(NOW)));

    assertThat(hold(judged)).isFalse();
    assertThat(hold(released)).isTrue();
  }

  @Test
  void aRowThatAnotherMailerIsAtIsLeftToIt() {
    var leased = Timestamp.of(NOW.plusSeconds(1));
    assertThat(hold(row(Map.of("status", "MAILING", "leaseUntil", leased)))).isFalse();
  }

  @Test
  void whatWasClaimedBeforeIsStoppedAndNotLimited() {
    var leftBehind = row(Map.of("status", "MAILING", "leaseUntil", Timestamp.of(NOW)));

    assertThat(hold(leftBehind, HeldReason.BUDGET)).as("it is counted already").isFalse();
    assertThat(hold(leftBehind, HeldReason.CAPPED)).as("it is counted already").isFalse();
    assertThat(hold(leftBehind, HeldReason.PAUSED)).isTrue();
  }

  @Test
  void whatIsMailedOrGoneIsNotHeld() {
    assertThat(hold(row(Map.of("status", "MAILED")))).isFalse();

    var gone = row(Map.of());
    dynamoDb.deleteItem(
        delete ->
            delete
                .tableName("submissions")
                .key(Map.of("id", AttributeValue.fromS(gone.id().value()))));
    assertThat(hold(gone)).isFalse();
    assertThat(dynamoDb.scan(scan -> scan.tableName("submissions")).items()).isEmpty();
  }

  @Test
  void whatIsRepeatedAsItsAnswerGotLostIsNoRefusal() {
    try (var lossy = Sdk.client(LostAnswers.into(DynamoDbClient.builder()), database.endpoint())) {
      var unlucky = new MailRefusals(lossy, "submissions", new Forms());
      var row = row(Map.of());
      assertThat(unlucky.hold(row, HeldReason.PAUSED, Optional.of("index"), Optional.empty(), NOW))
          .isTrue();
      assertThat(unlucky.hold(row, HeldReason.SPAM, Optional.of("index"), Optional.empty(), NOW))
          .as("it is held for another reason")
          .isFalse();

      var asked = row(Map.of()).withLink(2);
      dynamoDb.putItem(put -> put.tableName("submissions").item(withLink(2)));
      assertThat(unlucky.restore(asked, HeldReason.CAPPED, new byte[] {7}, NOW)).isTrue();
      assertThat(unlucky.restore(asked, HeldReason.CAPPED, new byte[] {8}, NOW)).isFalse();

      assertThat(unlucky.erase(row(Map.of()), NOW)).isTrue();
    }
  }

  private Map<String, AttributeValue> withLink(int number) {
    var item =
        new HashMap<>(dynamoDb.scan(scan -> scan.tableName("submissions")).items().getFirst());
    item.put("linkNo", AttributeValue.fromN(Integer.toString(number)));
    return item;
  }

  private boolean hold(SubmissionRow row) {
    return hold(row, HeldReason.PAUSED);
  }

  private boolean hold(SubmissionRow row, HeldReason reason) {
    return refusals.hold(row, reason, Optional.empty(), Optional.empty(), NOW);
  }

  /** The row in the table, and as a record tells of it. */
  private SubmissionRow row(Map<String, String> columns) {
    var item = new HashMap<String, AttributeValue>();
    item.put("id", AttributeValue.fromS("sAAAAAAAAAAAAAAAAAAAAAA"));
    item.put("form", AttributeValue.fromS("contact"));
    item.put("status", AttributeValue.fromS("PENDING"));
    item.put("sealingKey", AttributeValue.fromS("key"));
    item.put("sealed", AttributeValue.fromB(SdkBytes.fromUtf8String("sealed")));
    item.put("linkNo", AttributeValue.fromN("1"));
    item.put("createdAt", AttributeValue.fromS(Timestamp.of(NOW)));
    columns.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    dynamoDb.putItem(put -> put.tableName("submissions").item(item));
    return SubmissionRow.read(Destination.STORAGE, item).orElseThrow();
  }
}
