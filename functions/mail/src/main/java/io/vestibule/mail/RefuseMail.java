package io.vestibule.mail;

import io.vestibule.core.HeldReason;
import io.vestibule.keys.LinkTokens;
import io.vestibule.store.mail.MailRefusals;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Puts aside, or ends, what no mail may go out for. */
final class RefuseMail {

  private final MailRefusals refusals;
  private final LinkTokens linkTokens;
  private final Clock clock;

  RefuseMail(MailRefusals refusals, LinkTokens linkTokens, Clock clock) {
    this.refusals = refusals;
    this.linkTokens = linkTokens;
    this.clock = clock;
  }

  /**
   * If somebody asks for another link and cannot have one now, the link that was mailed already
   * stays valid.
   */
  Sending refuse(Letter letter, HeldReason reason) {
    var row = letter.row();
    if (row.linkNo() == 1) {
      return hold(row, reason, Optional.of(letter.emailIndex()), owed(letter));
    }
    var before = linkTokens.mailed(row.withLink(row.linkNo() - 1));
    return refusals.restore(row, reason, before.hash(), clock.instant())
        ? new Sending.LinkKept(reason)
        : new Sending.Settled();
  }

  /**
   * Puts a row aside.
   *
   * @param emailIndex by which an erasure finds it; empty if its address cannot be read
   */
  Sending hold(SubmissionRow row, HeldReason reason, Optional<String> emailIndex) {
    return hold(row, reason, emailIndex, Optional.empty());
  }

  /** A request of nobody's is owed nothing: it does not wait for weeks, and rings no alarm. */
  private static Optional<Instant> owed(Letter letter) {
    return letter.terms().filter(_ -> letter.isCustomers()).map(Mailings.Terms::dueAt);
  }

  private Sending hold(
      SubmissionRow row, HeldReason reason, Optional<String> emailIndex, Optional<Instant> dueAt) {
    return refusals.hold(row, reason, emailIndex, dueAt, clock.instant())
        ? new Sending.Held(reason)
        : new Sending.Settled();
  }

  /**
   * SES refuses for good what this mailer has claimed. Links that were mailed before live on: only
   * a row that has none is put aside.
   */
  Sending refuseClaimed(Mailing mailing) {
    var row = mailing.row();
    var alive = mailing.links().stream().filter(link -> link.number() < row.linkNo()).toList();
    if (alive.isEmpty()) {
      refusals.holdClaimed(row, HeldReason.MAIL_FAILED, clock.instant());
      return new Sending.Held(HeldReason.MAIL_FAILED);
    }
    var before = linkTokens.mailed(row.withLink(row.linkNo() - 1));
    refusals.restoreClaimed(row, before.hash(), alive);
    return new Sending.LinkKept(HeldReason.MAIL_FAILED);
  }

  /** Empties a row that an erasure covers. */
  Sending erase(SubmissionRow row) {
    return refusals.erase(row, clock.instant()) ? new Sending.Erased() : new Sending.Settled();
  }
}
