package io.vestibule.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Choice;
import io.vestibule.core.Destination;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Status;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.FieldError;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.rows.LiveLink;
import io.vestibule.store.rows.Submissions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a link is worth in each state of its row, and what a press leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmAddressTest {

  private static final String ID = "s" + "A".repeat(22);
  private static final LinkToken TOKEN = LinkToken.of(new byte[32]);
  private static final LinkToken OTHER = LinkToken.parse("B".repeat(43)).orElseThrow();

  private final MovableClock clock = new MovableClock();
  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private ConfirmAddress confirmAddress;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(PlainTable.of("submissions", "id"));
    confirmAddress =
        new ConfirmAddress(Destination.STORAGE, new Submissions(dynamoDb, "submissions"), clock);
  }

  @AfterAll
  void close() throws Exception {
    dynamoDb.close();
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void theStateOfARowTellsWhatItsLinkIsWorth(Status status) {
    put(status, clock.instant().plusSeconds(1));
    Class<? extends LinkWorth> worth =
        switch (status) {
          case MAILING, MAILED -> LinkWorth.Waiting.class;
          case VERIFIED, ERASING, DONE -> LinkWorth.AlreadyConfirmed.class;
          case PENDING, HELD, ERASED, EXPIRED -> LinkWorth.Dead.class;
        };

    assertThat(confirmAddress.look(ID, TOKEN.text())).isInstanceOf(worth);
    assertThat(confirmAddress.look(ID, OTHER.text())).isEqualTo(new LinkWorth.Dead());
  }

  @Test
  void aPressConfirmsOnceAndIsAnsweredKindlyAgain() {
    put(Status.MAILED, clock.instant().plusSeconds(1));

    assertThat(press(OTHER)).isEqualTo(new LinkWorth.Dead());
    assertThat(press(TOKEN)).isInstanceOf(LinkWorth.Confirmed.class);
    assertThat(press(TOKEN)).isInstanceOf(LinkWorth.AlreadyConfirmed.class);
  }

  /** A double click, a reload, or an answer that got lost. */
  @Test
  void whoSaysTwiceThatItWasNotThemIsToldTheSameTwice() {
    put(Status.MAILED, clock.instant().plusSeconds(1));
    set("asked", AttributeValue.fromS("asked"));
    var disowned = new Decision.Taken(new Choice.Disowned());

    assertThat(confirmAddress.press(ID, TOKEN.text(), _ -> disowned))
        .isInstanceOf(LinkWorth.Confirmed.class);
    assertThat(confirmAddress.press(ID, TOKEN.text(), _ -> disowned))
        .isEqualTo(new LinkWorth.Disowned());
    assertThat(press(TOKEN)).isEqualTo(new LinkWorth.Disowned());
    assertThat(confirmAddress.look(ID, TOKEN.text())).isEqualTo(new LinkWorth.Disowned());
  }

  @Test
  void aLinkThatHasEndedCanBeRenewedByWhoHasIt() {
    put(Status.MAILED, clock.instant());

    assertThat(confirmAddress.look(ID, TOKEN.text())).isEqualTo(new LinkWorth.Ended());
    assertThat(press(TOKEN)).isEqualTo(new LinkWorth.Ended());
    assertThat(confirmAddress.look(ID, OTHER.text())).isEqualTo(new LinkWorth.Dead());

    confirmAddress.resend(ID);
    assertThat(row()).containsEntry("status", AttributeValue.fromS("PENDING"));
  }

  @ParameterizedTest
  @EnumSource(EndsOfRenewal.class)
  void aLinkThatHasEndedIsDeadWhereAskingForANewOneDoesNothing(EndsOfRenewal end) {
    put(Status.MAILED, clock.instant());
    end.come(this);
    var before = row();

    assertThat(confirmAddress.look(ID, TOKEN.text())).isEqualTo(new LinkWorth.Dead());
    confirmAddress.resend(ID);
    assertThat(row()).isEqualTo(before);
  }

  /** Why no new link is mailed for a row. */
  enum EndsOfRenewal {
    ITS_TIME_IS_OVER {
      @Override
      void come(ConfirmAddressTest test) {
        var now = Long.toString(test.clock.instant().getEpochSecond());
        test.set("expiresAt", AttributeValue.fromN(now));
      }
    },
    TEN_WERE_ASKED_FOR {
      @Override
      void come(ConfirmAddressTest test) {
        test.set("linkNo", AttributeValue.fromN("10"));
      }
    },
    THREE_OTHERS_LIVE {
      @Override
      void come(ConfirmAddressTest test) {
        var end = test.clock.instant().plusSeconds(60);
        test.set(
            "links",
            LiveLink.column(
                IntStream.rangeClosed(1, 3)
                    .mapToObj(number -> new LiveLink(number, end, OTHER.hash()))
                    .toList()));
      }
    };

    abstract void come(ConfirmAddressTest test);
  }

  @Test
  void aPressThatChoosesWhatItCannotLeavesTheLinkAsItIs() {
    put(Status.MAILED, clock.instant().plusSeconds(1));
    var refused = new Decision.Refused(List.of(new FieldError("/answer", "no")));

    assertThat(confirmAddress.press(ID, TOKEN.text(), _ -> refused))
        .isInstanceOf(LinkWorth.Refused.class);
    assertThat(confirmAddress.look(ID, TOKEN.text())).isInstanceOf(LinkWorth.Waiting.class);
  }

  /** Somebody else may have asked for it: the id is no secret. */
  @Test
  void aLinkThatWasMailedIsPressedWhileANewOneIsAskedForAndBesideIt() {
    for (var status : List.of(Status.PENDING, Status.MAILED)) {
      put(status, clock.instant().plusSeconds(1));
      var links =
          List.of(
              new LiveLink(1, clock.instant().plusSeconds(1), OTHER.hash()),
              new LiveLink(2, clock.instant(), new byte[32]));
      set("links", LiveLink.column(links));

      assertThat(press(OTHER)).isInstanceOf(LinkWorth.Confirmed.class);
      assertThat(row()).doesNotContainKey("links");
      assertThat(press(OTHER)).isInstanceOf(LinkWorth.AlreadyConfirmed.class);
    }
  }

  @Test
  void whileThreeLinksLiveANewOneIsNotAskedFor() {
    put(Status.MAILED, clock.instant().plusSeconds(1));
    var end = clock.instant().plusSeconds(60);
    set(
        "links",
        LiveLink.column(
            IntStream.rangeClosed(1, 3)
                .mapToObj(number -> new LiveLink(number, end, OTHER.hash()))
                .toList()));
    confirmAddress.resend(ID);
    assertThat(row()).containsEntry("status", AttributeValue.fromS("MAILED"));

    clock.advance(Duration.ofMinutes(2));
    confirmAddress.resend(ID);
    assertThat(row()).containsEntry("status", AttributeValue.fromS("PENDING"));
  }

  @Test
  void theIdOfARequestIsNoneOfASubmission() {
    assertThat(confirmAddress.look("r" + "A".repeat(22), TOKEN.text()))
        .isEqualTo(new LinkWorth.Dead());
  }

  @Test
  void aNewLinkIsAskedForBesideTheOneThatWasMailed() {
    put(Status.MAILED, clock.instant().plusSeconds(1));
    clock.advance(Duration.ofHours(1));
    confirmAddress.resend(ID);

    assertThat(row())
        .containsEntry("status", AttributeValue.fromS("PENDING"))
        .containsEntry("linkNo", AttributeValue.fromN("2"));
  }

  private Map<String, AttributeValue> row() {
    return dynamoDb
        .getItem(get -> get.tableName("submissions").key(Map.of("id", AttributeValue.fromS(ID))))
        .item();
  }

  private void set(String column, AttributeValue value) {
    var row = new HashMap<>(row());
    row.put(column, value);
    dynamoDb.putItem(put -> put.tableName("submissions").item(row));
  }

  private LinkWorth press(LinkToken token) {
    return confirmAddress.press(
        ID, token.text(), _ -> new Decision.Taken(Choice.Confirmed.address()));
  }

  private void put(Status status, Instant linkExpiresAt) {
    var row = new HashMap<String, AttributeValue>();
    row.put("id", AttributeValue.fromS(ID));
    row.put("form", AttributeValue.fromS("contact"));
    row.put("status", AttributeValue.fromS(status.name()));
    row.put("linkNo", AttributeValue.fromN("1"));
    row.put("tokenHash", AttributeValue.fromB(SdkBytes.fromByteArray(TOKEN.hash())));
    row.put("linkExpiresAt", AttributeValue.fromS(Timestamp.of(linkExpiresAt)));
    row.put("createdAt", AttributeValue.fromS(Timestamp.of(clock.instant())));
    var end = clock.instant().plus(Duration.ofDays(3)).getEpochSecond();
    row.put("expiresAt", AttributeValue.fromN(Long.toString(end)));
    dynamoDb.putItem(put -> put.tableName("submissions").item(row));
  }
}
