package io.vestibule.mail;

import io.vestibule.core.LinkToken;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/** Sends the mail of a row that is claimed, and marks the row. */
final class DeliverMail {

  private static final Logger LOG = LoggerFactory.getLogger(DeliverMail.class);

  private final HeldData heldData;
  private final Letters letters;
  private final MailSender sender;
  private final Mailings mailings;
  private final RefuseMail refuseMail;
  private final MailBreaker breaker;
  private final Clock clock;

  DeliverMail(
      HeldData heldData,
      Letters letters,
      MailSender sender,
      Mailings mailings,
      RefuseMail refuseMail,
      MailBreaker breaker,
      Clock clock) {
    this.heldData = heldData;
    this.letters = letters;
    this.sender = sender;
    this.mailings = mailings;
    this.refuseMail = refuseMail;
    this.breaker = breaker;
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
    try {
      sender.send(letter.to(), letter.mailbox(), letter.form().name(), mail);
    } catch (BadRequestException e) {
      LOG.error("SES refuses the mail", OperatorCode.MAIL_REFUSED.entry(), new Redacted(e));
      return refuseMail.refuseClaimed(mailing);
    } catch (SdkException e) {
      // The account's trouble (sandbox, pause, quota) or a passing one, never this row's.
      mailings.release(letter.row(), clock.instant());
      return new Sending.TryAgain(Optional.of(e));
    }
    mark.accept(letter.row(), clock.instant());
    // After the mark: a count that fails costs a count, a mark that is not made a second mail.
    breaker.countSent(letter.form().name());
    return delivered;
  }
}
