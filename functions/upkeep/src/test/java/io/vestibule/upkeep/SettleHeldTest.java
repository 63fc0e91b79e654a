package io.vestibule.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Form;
import io.vestibule.keys.Installation;
import io.vestibule.local.aws.LostAnswers;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.OpenWork;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a person decides about one that is held, and about all of them, with the real role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettleHeldTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00.123456Z"), ZoneOffset.UTC);

  private Installation installation;
  private DynamoDbClient dynamoDb;

  @BeforeAll
  void open() throws IOException {
    installation = Installation.open(CLOCK);
    dynamoDb = installation.dynamoDb("ReconcileFunction");
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  @Test
  void whatWasConfirmedGoesBackToStorageAndAllElseToTheMailer() {
    var confirmed = held(HeldReason.UNREADABLE, true);
    var unconfirmed = held(HeldReason.SPAM, false);

    assertThat(settleHeld(dynamoDb).release(confirmed))
        .isEqualTo(new Settlement.Released(Status.VERIFIED));
    assertThat(installation.text(confirmed, "status")).isEqualTo("VERIFIED");
    assertThat(settleHeld(dynamoDb).release(unconfirmed))
        .isEqualTo(new Settlement.Released(Status.PENDING));
    assertThat(installation.text(unconfirmed, "status")).isEqualTo("PENDING");
  }

  @Test
  void aProofThatIsForgedConfirmsNothing() {
    assertThat(settleHeld(dynamoDb).release(held(HeldReason.FORGED, true)))
        .isEqualTo(new Settlement.Released(Status.PENDING));
  }

  @Test
  void whatIsRejectedHasEndedAndItsContentIsGone() {
    var id = held(HeldReason.SPAM, false);

    assertThat(settleHeld(dynamoDb).reject(id)).isEqualTo(new Settlement.Rejected());
    assertThat(installation.item(id)).doesNotContainKeys("sealed", "proof");
  }

  @Test
  void aSecondDecisionChangesNothingAndIsToldSo() {
    var released = held(HeldReason.SPAM, false);
    var rejected = held(HeldReason.SPAM, false);
    settleHeld(dynamoDb).release(released);
    settleHeld(dynamoDb).reject(rejected);

    assertThat(settleHeld(dynamoDb).release(released))
        .isEqualTo(new Settlement.NotHeld(Status.PENDING));
    assertThat(settleHeld(dynamoDb).reject(released))
        .isEqualTo(new Settlement.NotHeld(Status.PENDING));
    assertThat(settleHeld(dynamoDb).reject(rejected))
        .isEqualTo(new Settlement.NotHeld(Status.ERASED));
  }

  @Test
  void whatIsNotThereIsUnknown() {
    var nobody = RowId.parse("s" + "A".repeat(22)).orElseThrow();

    assertThat(settleHeld(dynamoDb).release(nobody)).isEqualTo(new Settlement.Unknown());
    assertThat(settleHeld(dynamoDb).reject(nobody)).isEqualTo(new Settlement.Unknown());
  }

  @Test
  void aDecisionWhoseAnswerGotLostIsToldAsMade() {
    try (var lossy = lossy()) {
      assertThat(settleHeld(lossy).release(held(HeldReason.UNREADABLE, true)))
          .isEqualTo(new Settlement.Released(Status.VERIFIED));
      assertThat(settleHeld(lossy).release(held(HeldReason.SPAM, false)))
          .isEqualTo(new Settlement.Released(Status.PENDING));
      assertThat(settleHeld(lossy).reject(held(HeldReason.SPAM, false)))
          .isEqualTo(new Settlement.Rejected());
    }
  }

  @Test
  void whatSomebodyElseDecidedBeforeIsNotToldAsOursThoughTheAnswerGotLost() {
    var id = held(HeldReason.SPAM, false);
    var before = Clock.fixed(CLOCK.instant().minusSeconds(5), ZoneOffset.UTC);
    new SettleHeld(table(dynamoDb), open(dynamoDb), before).release(id);

    try (var lossy = lossy()) {
      assertThat(settleHeld(lossy).release(id)).isEqualTo(new Settlement.NotHeld(Status.PENDING));
      assertThat(settleHeld(lossy).reject(id)).isEqualTo(new Settlement.NotHeld(Status.PENDING));
    }
  }

  @Test
  @Tag("slow")
  void allOfAReasonAreCountedThoughAnswersGetLost() {
    IntStream.range(0, 5).forEach(_ -> held(HeldReason.PAUSED, false));
    var other = held(HeldReason.SUPPRESSED, false);

    try (var lossy = lossy()) {
      var settleAll = new SettleAllHeld(table(lossy), open(lossy), later());

      assertThat(settleAll.release(HeldReason.PAUSED, "contact"))
          .isEqualTo(new SettleAllHeld.Report(5, false));
      assertThat(settleAll.release(HeldReason.PAUSED, "contact"))
          .isEqualTo(new SettleAllHeld.Report(0, false));
      assertThat(settleAll.reject(HeldReason.SUPPRESSED, "feedback"))
          .isEqualTo(new SettleAllHeld.Report(0, false));
      assertThat(settleAll.reject(HeldReason.SUPPRESSED, "contact"))
          .isEqualTo(new SettleAllHeld.Report(1, false));
    }
    assertThat(installation.text(other, "status")).isEqualTo("ERASED");
  }

  @Test
  void whatMayBeThereOnPurposeIsDecidedOneByOne() {
    var settleAll = new SettleAllHeld(table(dynamoDb), open(dynamoDb), CLOCK);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settleAll.release(HeldReason.FORGED, "contact"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settleAll.reject(HeldReason.UNREADABLE, "contact"));
  }

  @Test
  void aDeskIsFoundByAnIdAndByTheNameOfAForm() {
    var desks = new ReconcileWiring(installation.env("ReconcileFunction"), CLOCK).desks();

    assertThat(desks.of(RowId.parse("r" + "A".repeat(22)).orElseThrow()))
        .isSameAs(desks.requests());
    assertThat(desks.of(RowId.parse("s" + "A".repeat(22)).orElseThrow()))
        .isSameAs(desks.submissions());
    assertThat(desks.of(Form.PRIVACY)).isSameAs(desks.requests());
    assertThat(desks.of("a form that is gone")).isSameAs(desks.submissions());
  }

  private SettleHeld settleHeld(DynamoDbClient client) {
    return new SettleHeld(table(client), open(client), CLOCK);
  }

  private HeldSubmissions table(DynamoDbClient client) {
    return new HeldSubmissions(client, installation.name(Table.SUBMISSIONS));
  }

  private OpenSubmissions open(DynamoDbClient client) {
    return new OpenSubmissions(client, installation.name(Table.SUBMISSIONS));
  }

  private static Clock later() {
    return Clock.offset(CLOCK, Duration.ofSeconds(1));
  }

  private RowId held(HeldReason reason, boolean isConfirmed) {
    var id = installation.submit("contact", Installation.contact("ada@example.org")).id();
    var columns =
        new HashMap<>(
            Map.of(
                "status", AttributeValue.fromS("HELD"),
                "open", AttributeValue.fromS(OpenWork.of(Status.HELD, id)),
                "reason", AttributeValue.fromS(reason.code())));
    if (isConfirmed) {
      columns.put("proof", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32])));
    }
    installation.with(id, columns);
    return id;
  }

  private DynamoDbClient lossy() {
    var builder =
        AwsClients.configure(DynamoDbClient.builder(), installation.env("ReconcileFunction"));
    return LostAnswers.into(builder).build();
  }
}
