package io.vestibule.mail;

import io.vestibule.core.LinkToken;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Sends the mail of a row that is claimed, and marks the row. */
final class DeliverMail {

  private final HeldData heldData;
  private final Letters letters;
  private final Delivery delivery;
  private final Mailings mailings;
  private final RefuseMail refuseMail;
  private final Clock clock;

  DeliverMail(
      HeldData heldData,
      Letters letters,
      Delivery delivery,
      Mailings mailings,
      RefuseMail refuseMail,
      Clock clock) {
    this.heldData = heldData;
    this.letters = letters;
    this.delivery = delivery;
    this.mailings = mailings;
    this.refuseMail = refuseMail;
    this.clock = clock;
  }

  /** Sends the link; or, for a request about which nothing is held, the mail that says so. */
  Sending deliver(Letter letter, LinkToken token, Mailing mailing) {
    var row = letter.row();
    var terms = letter.terms();
    if (terms.isPresent() && !heldData.isThere(letter.emailIndex(), row.id())) {
      var mail = letters.nothingHeld(letter, terms.get().kind());
      return deliver(letter, mailing, mail, mailings::answered, new Sending.NothingHeld());
    }
    var mail = letters.confirmation(letter, token, mailing.linkExpiresAt());
    return deliver(letter, mailing, mail, mailings::mailed, new Sending.Sent(mailing.budget()));
  }

  private Sending deliver(
      Letter letter,
      Mailing mailing,
      ConfirmationMail.Rendered mail,
      BiConsumer<SubmissionRow, Instant> mark,
      Sending delivered) {
    var form = letter.form().name();
    return switch (delivery.send(letter.to(), letter.mailbox(), form, mail)) {
      case Delivery.Answer.Taken() -> {
        mark.accept(letter.row(), clock.instant());
        // After the mark: a count that fails costs a count, a mark that is not made a second mail.
        delivery.count(form);
        yield delivered;
      }
      case Delivery.Answer.Refused() -> refuseMail.refuseClaimed(mailing);
      case Delivery.Answer.Doubtful(var cause) ->
          switch (delivery.doubts().refused(letter.row().id())) {
            case AGAIN -> giveBack(letter, new Sending.TryAgain(Optional.of(cause)));
            case LATER -> giveBack(letter, new Sending.Postponed(cause));
            case NEVER -> refuseMail.refuseClaimed(mailing);
          };
      case Delivery.Answer.NotNow(var cause) ->
          giveBack(letter, new Sending.TryAgain(Optional.of(cause)));
    };
  }

  private Sending giveBack(Letter letter, Sending then) {
    mailings.release(letter.row(), clock.instant());
    return then;
  }
}
