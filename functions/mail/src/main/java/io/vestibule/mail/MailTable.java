package io.vestibule.mail;

import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.UntoldRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Mails what is owed to the rows of one table, as its stream hands them over. */
final class MailTable {

  private final Destination destination;
  private final SendConfirmation sendConfirmation;
  private final SendLastMail sendLastMail;
  private final Quarantine quarantine;
  private final Clock clock;

  MailTable(
      Destination destination,
      SendConfirmation sendConfirmation,
      SendLastMail sendLastMail,
      Quarantine quarantine,
      Clock clock) {
    this.destination = destination;
    this.sendConfirmation = sendConfirmation;
    this.sendLastMail = sendLastMail;
    this.quarantine = quarantine;
    this.clock = clock;
  }

  /**
   * Does what a row is owed in the state that it was written in.
   *
   * @throws NotMailedYet if the record must come again
   */
  void written(Map<String, AttributeValue> item) {
    UntoldRequest.read(item)
        .ifPresentOrElse(request -> SendingReport.of(sendLastMail.send(request)), () -> open(item));
  }

  private void open(Map<String, AttributeValue> item) {
    SubmissionRow.read(destination, item)
        .ifPresentOrElse(
            row -> {
              if (row.status() == Status.PENDING) {
                send(row, item);
              }
            },
            () ->
                quarantine.hold(
                    item, Set.of(Status.PENDING), HeldReason.UNREADABLE, clock.instant()));
  }

  private void send(SubmissionRow row, Map<String, AttributeValue> item) {
    try {
      send(row);
    } catch (UnfitRow e) {
      // It has grown since the record was written, by whoever can write to the table.
      quarantine.replace(item, Set.of(Status.PENDING), HeldReason.UNREADABLE, clock.instant());
    }
  }

  private void send(SubmissionRow row) {
    var sending = sendConfirmation.send(row);
    SendingReport.of(sending);
    if (sending instanceof Sending.TryAgain(var cause)) {
      throw new NotMailedYet(cause.orElse(null));
    }
  }
}
