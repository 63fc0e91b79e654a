package io.vestibule.mail;

import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.LinkToken;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.Redacted;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.MailRefusals;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/**
 * Mails the link of a submission or a request: open, decide, claim, send, mark.
 *
 * <p>At least once: a second mail goes out only if this dies, or loses SES's answer, between SES's
 * acceptance and the mark; and it carries the same link, because the link is computed from the row.
 *
 * <p>A right must not hang on a guess, or on what strangers did: no hint and no complaint holds a
 * request, and no budget that strangers can use up one of a customer. If nothing is held under its
 * address, the mail says so, and there is nothing to confirm.
 */
public final class SendConfirmation {

  private static final Logger LOG = LoggerFactory.getLogger(SendConfirmation.class);

  /** NIST SP 800-63A: a confirmation code sent by mail is valid for 24 hours at most. */
  private static final Duration LINK_LIFE = Duration.ofHours(24);

  /** Longer than the function can run: a lease that ended belongs to nobody any more. */
  private static final Duration LEASE = Duration.ofSeconds(40);

  private final SubmissionOpener opener;
  private final Letters letters;
  private final EmailIndex emailIndex;
  private final LinkTokens linkTokens;
  private final ErasedAddresses erased;
  private final HeldData heldData;
  private final MailStops stops;
  private final Mailings mailings;
  private final MailRefusals refusals;
  private final MailBreaker breaker;
  private final MailSender sender;
  private final Clock clock;

  SendConfirmation(
      SubmissionOpener opener,
      Letters letters,
      EmailIndex emailIndex,
      LinkTokens linkTokens,
      ErasedAddresses erased,
      HeldData heldData,
      MailStops stops,
      Mailings mailings,
      MailRefusals refusals,
      MailBreaker breaker,
      MailSender sender,
      Clock clock) {
    this.opener = opener;
    this.letters = letters;
    this.emailIndex = emailIndex;
    this.linkTokens = linkTokens;
    this.erased = erased;
    this.heldData = heldData;
    this.stops = stops;
    this.mailings = mailings;
    this.refusals = refusals;
    this.breaker = breaker;
    this.sender = sender;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** SES has the mail with the link; it was counted against that budget. */
    record Sent(Budget budget) implements Outcome {}

    /** SES has the mail that tells that nothing is held. */
    record NothingHeld() implements Outcome {}

    /** Emptied: its sender was erased after handing it in, which covers it. */
    record Erased() implements Outcome {}

    /** Put aside, with the reason. */
    record Held(HeldReason reason) implements Outcome {}

    /** Another link was asked for and may not be mailed: the one before is valid again. */
    record LinkKept(HeldReason reason) implements Outcome {}

    /** Nothing was owed: an older record, or the row moved on. */
    record Settled() implements Outcome {}

    /** Not now: another mailer has it, or SES did not take it. The record must come again. */
    record TryAgain(Optional<SdkException> cause) implements Outcome {}
  }

  /** Sends the mail that a row in the state PENDING is owed. */
  public Outcome send(SubmissionRow row) {
    try {
      return send(row, opener.open(row));
    } catch (SubmissionOpener.Unreadable e) {
      var reason = isSpam(row) ? HeldReason.SPAM : HeldReason.UNREADABLE;
      return hold(row, reason, Optional.empty());
    }
  }

  private Outcome send(SubmissionRow row, SubmissionOpener.Opened opened) {
    var index = emailIndex.of(opened.address());
    if (erased.cover(index, opened.content().receivedAt())) {
      return refusals.erase(row, clock.instant()) ? new Outcome.Erased() : new Outcome.Settled();
    }
    if (isSpam(row)) {
      return hold(row, HeldReason.SPAM, Optional.of(index));
    }
    var letter = letters.of(row, opened);
    return letter.endsAt().isAfter(clock.instant()) ? send(letter) : new Outcome.Settled();
  }

  private static boolean isSpam(SubmissionRow row) {
    return row.id().destination() == Destination.STORAGE
        && row.hint().isPresent()
        && row.releasedAt().isEmpty();
  }

  private Outcome send(Letter letter) {
    var budget = budgetFor(letter);
    if (budget.isEmpty()) {
      var refused = refuse(letter, HeldReason.BUDGET);
      if (!(refused instanceof Outcome.Settled)) {
        return refused;
      }
    }
    var stop = letter.terms().isPresent() ? stops.againstAll() : stops.against(letter.mailbox());
    return stop.map(reason -> refuse(letter, reason))
        .orElseGet(() -> claim(letter, budget.orElse(Budget.FORM)));
  }

  /** The first that is not known to be used up; empty if there is none. */
  private Optional<Budget> budgetFor(Letter letter) {
    var now = clock.instant();
    if (!mailings.isOverBudget(letter.row(), Budget.FORM, now)) {
      return Optional.of(Budget.FORM);
    }
    return mailings.isOverBudget(letter.row(), Budget.CUSTOMERS, now) || !isOfCustomer(letter)
        ? Optional.empty()
        : Optional.of(Budget.CUSTOMERS);
  }

  /** A bot can use up what all share for strangers; it cannot take anybody's right away. */
  private boolean isOfCustomer(Letter letter) {
    return letter.terms().isPresent() && heldData.isCustomer(emailIndex.of(letter.to()));
  }

  private Outcome claim(Letter letter, Budget budget) {
    Instant now = clock.instant();
    LinkToken token = linkTokens.of(letter.row());
    Instant linkExpiresAt = earlier(now.plus(LINK_LIFE), letter.endsAt());
    var mailing =
        new Mailing(
            letter.row(),
            emailIndex.of(letter.to()),
            letter.mailbox(),
            token.hash(),
            linkExpiresAt,
            now.plus(LEASE),
            letter.endsAt(),
            budget,
            letter.terms());
    return switch (mailings.claim(mailing, now)) {
      case BUSY -> new Outcome.TryAgain(Optional.empty());
      case SETTLED -> new Outcome.Settled();
      case CAPPED -> refuse(letter, HeldReason.CAPPED);
      case OVER_BUDGET ->
          budget == Budget.FORM && isOfCustomer(letter)
              ? claim(letter, Budget.CUSTOMERS)
              : refuse(letter, HeldReason.BUDGET);
      case CLAIMED -> deliver(letter, token, mailing);
    };
  }

  /** Who asks for another link, and cannot have one now, keeps the one that was mailed already. */
  private Outcome refuse(Letter letter, HeldReason reason) {
    var row = letter.row();
    if (row.linkNo() == 1) {
      return hold(row, reason, Optional.of(emailIndex.of(letter.to())));
    }
    var before = linkTokens.of(row.withLink(row.linkNo() - 1));
    return refusals.restore(row, reason, before.hash(), clock.instant())
        ? new Outcome.LinkKept(reason)
        : new Outcome.Settled();
  }

  private Outcome deliver(Letter letter, LinkToken token, Mailing mailing) {
    var row = letter.row();
    var terms = letter.terms();
    if (terms.isPresent() && !heldData.isThere(mailing.emailIndex(), row.id())) {
      var mail = letters.nothingHeld(letter, terms.get().kind());
      return deliver(letter, mail, mailings::answered, new Outcome.NothingHeld());
    }
    var mail = letters.confirmation(letter, token, mailing.linkExpiresAt());
    return deliver(letter, mail, mailings::mailed, new Outcome.Sent(mailing.budget()));
  }

  private Outcome deliver(
      Letter letter,
      ConfirmationMail.Rendered mail,
      BiConsumer<SubmissionRow, Instant> mark,
      Outcome delivered) {
    try {
      sender.send(letter.to(), letter.mailbox(), mail);
    } catch (BadRequestException e) {
      LOG.error("SES refuses the mail", OperatorCode.MAIL_REFUSED.entry(), new Redacted(e));
      refusals.holdClaimed(letter.row(), HeldReason.MAIL_FAILED, clock.instant());
      return new Outcome.Held(HeldReason.MAIL_FAILED);
    } catch (SdkException e) {
      // The account's trouble (sandbox, pause, quota) or a passing one, never this row's.
      mailings.release(letter.row(), clock.instant());
      return new Outcome.TryAgain(Optional.of(e));
    }
    mark.accept(letter.row(), clock.instant());
    // After the mark: a count that fails costs a count, a mark that is not made a second mail.
    breaker.countSent();
    return delivered;
  }

  private Outcome hold(SubmissionRow row, HeldReason reason, Optional<String> index) {
    return refusals.hold(row, reason, index, clock.instant())
        ? new Outcome.Held(reason)
        : new Outcome.Settled();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
