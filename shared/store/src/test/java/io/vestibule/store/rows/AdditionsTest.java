package io.vestibule.store.rows;

import static io.vestibule.store.rows.RowCase.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Hint;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.Attributes;
import io.vestibule.store.rows.NewSubmissions.Result;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Rows come with the columns that the table of transitions names, and only once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdditionsTest {

  private final RowTables tables = new RowTables();
  private final RowId id = RowId.random(Destination.STORAGE, new SecureRandom());

  AdditionsTest() throws IOException {}

  @AfterAll
  void stop() throws Exception {
    tables.stop();
  }

  @Test
  void whatIsTakenInHasTheColumnsOfTheTableAndIsNeverOverwritten() {
    var submissions = new NewSubmissions(tables.client(), "submissions");
    var row = submission(1).item();

    assertThat(submissions.add(submission(1))).isEqualTo(Result.ADDED);
    assertThat(tables.now(row))
        .containsOnlyKeys(Transitions.TAKE_IN.columns().toArray(String[]::new));
    assertThat(tables.now(row))
        .containsEntry("status", Attributes.text(Transitions.TAKE_IN.to().name()));
    assertThat(submissions.add(submission(2))).isEqualTo(Result.REPEATED);
    assertThat(submissions.add(submission(2), new SpentChallenge("p-new", "contact", NOW)))
        .isEqualTo(Result.REPEATED);
    assertThat(tables.now(row)).isEqualTo(row);
  }

  @Test
  void whatExpiredIsRememberedWithTheColumnsOfTheTableAndOnce() {
    var expired = new ExpiredSubmissions(tables.client(), "requests");
    var row = new HashMap<>(submission(1).item());
    row.put("status", Attributes.text(Status.MAILED.name()));
    var open = OpenRow.read(row).orElseThrow();

    assertThat(expired.add(open, NOW)).isTrue();
    assertThat(expired.add(open, NOW.plusSeconds(1))).isFalse();
    assertThat(tables.client().scan(scan -> scan.tableName("requests")).items())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it)
                  .containsOnlyKeys(Transitions.REMEMBER_EXPIRED.columns().toArray(String[]::new));
              assertThat(it)
                  .containsEntry(
                      "status", Attributes.text(Transitions.REMEMBER_EXPIRED.to().name()))
                  .containsAllEntriesOf(doneAt());
            });
  }

  @Test
  void whatStaffEnterHasTheColumnsOfTheTableAndIsNeverOverwritten() {
    var requests = new EnteredRequests(tables.client(), "requests");
    var erase = new DataRequest(DataRequest.Kind.ERASE, Optional.empty());
    var token = LinkToken.of(new byte[32]);
    var decided = new NewEntered.Decided(erase, NOW, "ada", "asked", token, new byte[] {1});

    isEntered(Transitions.ENTER_FOR_MAILBOX, it -> requests.addToBeMailed(it, RowTables.told()));
    isEntered(
        Transitions.ENTER_CONFIRMED, it -> requests.addConfirmed(it, decided, RowTables.told()));
    isEntered(
        Transitions.ENTER_FOR_SECOND, it -> requests.addWaiting(it, decided, RowTables.told()));
  }

  private void isEntered(Addition how, Predicate<NewEntered> add) {
    var id = RowId.random(Destination.DELETION, new SecureRandom());
    var sealed = new SealedContent("key", new byte[] {1});
    var behalf = Behalf.entered(Behalf.Channel.LETTER, "privacy");
    var request = new NewEntered(id, "privacy", sealed, behalf, NOW.minusSeconds(9), NOW);

    assertThat(add.test(request)).isTrue();
    var row = tables.now(Submissions.key(id));
    assertThat(row)
        .containsOnlyKeys(how.columns().toArray(String[]::new))
        .containsEntry("status", Attributes.text(how.to().name()))
        .containsEntry("behalf", Attributes.text("letter privacy"));
    assertThat(OpenRow.read(row)).isPresent();
    assertThat(add.test(request)).isFalse();
    tables.delete(row);
  }

  @Test
  void whatIsTooLargeIsReplacedByARowWithTheColumnsOfTheTableUnlessItHasMovedOn() {
    var quarantine = new Quarantine(tables.client(), "submissions", new Forms());
    var row = new HashMap<>(submission(1).item());
    row.put("aColumnOfNobody", Attributes.bytes(new byte[409_000]));
    tables.put(row);

    quarantine.hold(row, Set.of(Status.VERIFIED), HeldReason.FORGED, NOW);
    assertThat(tables.now(row)).isEqualTo(row);
    quarantine.hold(row, Set.of(Status.PENDING), HeldReason.UNREADABLE, NOW);
    assertThat(tables.now(row))
        .containsOnlyKeys(Transitions.EMPTY_AND_HOLD.columns().toArray(String[]::new))
        .containsEntry("reason", Attributes.text("unreadable"))
        .containsEntry("status", Attributes.text(Transitions.EMPTY_AND_HOLD.to().name()));
    assertThat(OpenRow.read(tables.now(row))).isPresent();
  }

  /** Its record is of before it grew. */
  @Test
  void whatHasGrownSinceItWasReadIsReplacedToo() {
    var quarantine = new Quarantine(tables.client(), "submissions", new Forms());
    var read = new HashMap<>(submission(1).item());
    putAsLargeAsCanBe(read);

    quarantine.hold(read, Set.of(Status.PENDING), HeldReason.UNREADABLE, NOW);
    assertThat(tables.now(read)).doesNotContainKey("hint");
    assertThat(tables.now(read)).containsEntry("status", Attributes.text("HELD"));
  }

  private void putAsLargeAsCanBe(Map<String, AttributeValue> row) {
    for (int length = 409_600; ; length -= 5) {
      var grown = new HashMap<>(row);
      grown.put("hint", Attributes.text("x".repeat(length)));
      try {
        tables.put(grown);
        return;
      } catch (DynamoDbException e) {
        assertThat(e).hasMessageContaining("size");
      }
    }
  }

  @AfterEach
  void empty() {
    tables.delete(submission(1).item());
  }

  private static Map<String, AttributeValue> doneAt() {
    return Map.of("doneAt", Attributes.time(NOW));
  }

  private NewSubmission submission(int content) {
    return new NewSubmission(
        id,
        "contact",
        new SealedContent("key", new byte[] {(byte) content}),
        Optional.of(Hint.HONEYPOT),
        true,
        NOW,
        NOW);
  }
}
