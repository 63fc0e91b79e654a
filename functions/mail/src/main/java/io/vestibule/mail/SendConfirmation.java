package io.vestibule.mail;

import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Hint;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails the link of a submission or a request: opens it, and decides by what it is whether a mail
 * is owed. Then come {@link ClaimMail} and {@link DeliverMail}.
 *
 * <p>At least once: a second mail goes out only if this dies, or loses SES's answer, between SES's
 * acceptance and the mark; and it carries the same link, because the link is computed from the row.
 *
 * <p>A right must not hang on a guess, or on what strangers did: no hint and no complaint holds a
 * request, and no budget that strangers can use up one of a customer. If nothing is held under its
 * address, the mail says so, and there is nothing to confirm.
 */
final class SendConfirmation {

  private static final Logger LOG = LoggerFactory.getLogger(SendConfirmation.class);

  private final SubmissionOpener opener;
  private final EmailIndex emailIndex;
  private final ErasedAddresses erased;
  private final Letters letters;
  private final ClaimMail claimMail;
  private final RefuseMail refuseMail;
  private final Clock clock;

  SendConfirmation(
      SubmissionOpener opener,
      EmailIndex emailIndex,
      ErasedAddresses erased,
      Letters letters,
      ClaimMail claimMail,
      RefuseMail refuseMail,
      Clock clock) {
    this.opener = opener;
    this.emailIndex = emailIndex;
    this.erased = erased;
    this.letters = letters;
    this.claimMail = claimMail;
    this.refuseMail = refuseMail;
    this.clock = clock;
  }

  /** Sends the mail that a row in the state PENDING is owed. */
  Sending send(SubmissionRow row) {
    try {
      return send(row, opener.open(row));
    } catch (SubmissionOpener.Unreadable e) {
      var reason = suspicion(row).orElse(HeldReason.UNREADABLE);
      return refuseMail.hold(row, reason, Optional.empty());
    }
  }

  private Sending send(SubmissionRow row, SubmissionOpener.Opened opened) {
    var index = emailIndex.of(opened.address());
    return switch (erased.cover(index, handedInAt(row, opened))) {
      case COVERED -> refuseMail.erase(row);
      case UNPROVEN -> {
        LOG.error("No erasure of ours is marked so", OperatorCode.ERASURE_UNPROVEN.entry());
        yield refuseMail.hold(row, HeldReason.FORGED, Optional.of(index));
      }
      case NONE -> send(row, opened, index);
    };
  }

  /** What staff enter says when they were asked: the person may be a new customer since. */
  private static Instant handedInAt(SubmissionRow row, SubmissionOpener.Opened opened) {
    return row.behalf()
        .flatMap(_ -> row.releasedAt())
        .orElseGet(() -> opened.content().receivedAt());
  }

  private Sending send(SubmissionRow row, SubmissionOpener.Opened opened, String index) {
    var suspicion = suspicion(row);
    if (suspicion.isPresent()) {
      return refuseMail.hold(row, suspicion.get(), Optional.of(index));
    }
    var letter = letters.of(row, opened, index, clock.instant());
    return letter.endsAt().isAfter(clock.instant())
        ? claimMail.send(letter)
        : new Sending.Settled();
  }

  /** What the door's hint holds it for, unless a person has released it. */
  private static Optional<HeldReason> suspicion(SubmissionRow row) {
    return row.hint()
        .filter(_ -> row.id().destination() == Destination.STORAGE)
        .filter(_ -> row.releasedAt().isEmpty())
        .map(hint -> hint.equals(Hint.NO_WORK.code()) ? HeldReason.NO_WORK : HeldReason.SPAM);
  }
}
