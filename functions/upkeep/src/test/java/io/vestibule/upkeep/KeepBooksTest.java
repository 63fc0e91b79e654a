package io.vestibule.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.Installation;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.store.Table;
import io.vestibule.store.rows.SubmissionLedger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The books of a day, with the reconciler's role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeepBooksTest {

  private final MovableClock clock = MovableClock.fromNoonTomorrow();
  private Installation installation;
  private DynamoDbClient dynamoDb;
  private KeepBooks keepBooks;
  private LocalDate day;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
    dynamoDb = installation.dynamoDb("ReconcileFunction");
  }

  @BeforeEach
  void startAfresh() {
    installation.startAfresh();
    day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    keepBooks =
        new KeepBooks(List.of(ledger(Table.SUBMISSIONS), ledger(Table.REQUESTS)), new Forms());
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  private SubmissionLedger ledger(Table table) {
    return new SubmissionLedger(dynamoDb, installation.name(table));
  }

  @Test
  void whatWasAcceptedOnADayIsInItsBookWhereverItHasCome() {
    row("contact", "PENDING", clock.instant());
    row("contact", "MAILED", clock.instant());
    row("contact", "DONE", clock.instant());
    row("contact", "HELD", clock.instant());
    row("contact", "EXPIRED", clock.instant());
    row("contact", "ERASED", clock.instant());
    row("newsletter", "DONE", clock.instant());

    assertThat(keepBooks.of(day))
        .containsExactly(
            new DayBook("contact", day, 2, 1, 1, 1, 1),
            new DayBook("newsletter", day, 0, 1, 0, 0, 0));
    assertThat(keepBooks.of(day).getFirst().accepted()).isEqualTo(6);
  }

  @Test
  void aDayBeginsAndEndsAtMidnight() {
    var midnight = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    row("contact", "DONE", midnight);
    row("contact", "DONE", midnight.minusMillis(1));
    row("contact", "DONE", midnight.plus(Duration.ofDays(1)));

    assertThat(keepBooks.of(day)).containsExactly(new DayBook("contact", day, 0, 1, 0, 0, 0));
    assertThat(keepBooks.of(day.minusDays(5))).isEmpty();
  }

  @Test
  void aNameThatIsNoFormsBecomesNoMetric() {
    row("made up <script>", "DONE", clock.instant());
    row("another", "PENDING", clock.instant());

    assertThat(keepBooks.of(day))
        .containsExactly(new DayBook(KeepBooks.UNKNOWN_FORM, day, 1, 1, 0, 0, 0));
  }

  private void row(String form, String status, Instant createdAt) {
    var row = installation.submit("contact", Installation.contact("ada@example.org"));
    installation.with(
        row.id(),
        Map.of(
            "form", AttributeValue.fromS(form),
            "status", AttributeValue.fromS(status),
            "createdAt", AttributeValue.fromS(Timestamp.of(createdAt))));
  }
}
