package io.vestibule.mail;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.Notice;
import io.vestibule.core.forms.Form;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.Notices;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.mail.LastSending.Why;
import io.vestibule.store.mail.LastMails;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.Pace;
import io.vestibule.store.rows.UntoldRequest;
import java.time.Clock;

/**
 * Tells somebody that what they asked for is done, and takes their address from the request.
 *
 * <p>At least once: a second mail goes out only if this dies, or loses SES's answer, between SES's
 * acceptance and the end. Nobody else waits for it: what cannot be sent now is given back, and the
 * reconciler asks again until it is too late. The page tells in any case.
 */
final class SendLastMail {

  private final Notices notices;
  private final EmailIndex emailIndex;
  private final MailStops stops;
  private final LastMails lastMails;
  private final LastLetters letters;
  private final Delivery delivery;
  private final Clock clock;

  SendLastMail(
      Notices notices,
      EmailIndex emailIndex,
      MailStops stops,
      LastMails lastMails,
      LastLetters letters,
      Delivery delivery,
      Clock clock) {
    this.notices = notices;
    this.emailIndex = emailIndex;
    this.stops = stops;
    this.lastMails = lastMails;
    this.letters = letters;
    this.delivery = delivery;
    this.clock = clock;
  }

  /** Sends the mail that a request is owed which is done. */
  LastSending send(UntoldRequest request) {
    try {
      var notice = notices.open(request.id(), request.sealingKey(), request.notice());
      var to = notice.map(Notice::to).flatMap(EmailAddress::parse);
      return notice.isPresent() && to.isPresent()
          ? send(request, notice.get(), to.get())
          : untold(request, Why.UNKNOWN);
    } catch (SubmissionOpener.Unreadable e) {
      return lastMails.end(request) ? new LastSending.Forged() : new LastSending.Settled();
    }
  }

  private LastSending send(UntoldRequest request, Notice notice, EmailAddress to) {
    if (notice.isOver(clock.instant())) {
      return untold(request, Why.LATE);
    }
    var mailbox = emailIndex.ofMailbox(to);
    var found = stops.against(mailbox);
    if (found.isSuppressed()) {
      return untold(request, Why.SUPPRESSED);
    }
    // Only what was pressed comes here, so a mail to this mailbox has arrived: it is as good as a
    // customer's, and may go out while others are slowed.
    return found.breakers().ofCustomers(clock.instant()) == Pace.STOPPED
        ? new LastSending.Later()
        : claim(request, notice, to, mailbox);
  }

  private LastSending claim(UntoldRequest request, Notice notice, EmailAddress to, String mailbox) {
    var now = clock.instant();
    if (!lastMails.claim(request, now, now.plus(ClaimMail.LEASE))) {
      return new LastSending.Settled();
    }
    var counted = emailIndex.counted(to).mailbox();
    if (!lastMails.count(counted, now)) {
      return untold(request, Why.CAPPED);
    }
    return switch (delivery.send(to, mailbox, Form.PRIVACY, letters.of(request.id(), notice))) {
      case Delivery.Answer.Taken() -> {
        lastMails.end(request);
        // After the end: a count that fails costs a count, an address that stays a second mail.
        delivery.count(Form.PRIVACY);
        yield new LastSending.Told();
      }
      case Delivery.Answer.Refused() -> untold(request, Why.REFUSED);
      case Delivery.Answer.Doubtful _, Delivery.Answer.NotNow _ -> {
        lastMails.uncount(counted, now);
        lastMails.giveBack(request, clock.instant());
        yield new LastSending.Later();
      }
    };
  }

  private LastSending untold(UntoldRequest request, Why why) {
    return lastMails.end(request) ? new LastSending.Untold(why) : new LastSending.Settled();
  }
}
