package io.vestibule.mail;

import static java.util.Comparator.comparingInt;

import io.vestibule.core.Counter;
import io.vestibule.core.HeldReason;
import io.vestibule.core.LinkToken;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.LinkTokens;
import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.MailLimits.Cap;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Mailings.Mailing;
import io.vestibule.store.rows.LiveLink;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a row so that no other mailer mails it, and counts the mail, if the budgets, the pace and
 * the caps of mailbox and domain allow it.
 */
final class ClaimMail {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimMail.class);

  /** NIST SP 800-63A: a confirmation code sent by mail is valid for 24 hours at most. */
  static final Duration LINK_LIFE = Duration.ofHours(24);

  /** Longer than the function can run: when a lease has ended, its holder has ended too. */
  static final Duration LEASE = Duration.ofSeconds(40);

  private final Budgets budgets;
  private final Paces paces;
  private final LinkTokens linkTokens;
  private final Mailings mailings;
  private final RefuseMail refuseMail;
  private final DeliverMail deliverMail;
  private final Clock clock;

  ClaimMail(
      Budgets budgets,
      Paces paces,
      LinkTokens linkTokens,
      Mailings mailings,
      RefuseMail refuseMail,
      DeliverMail deliverMail,
      Clock clock) {
    this.budgets = budgets;
    this.paces = paces;
    this.linkTokens = linkTokens;
    this.mailings = mailings;
    this.refuseMail = refuseMail;
    this.deliverMail = deliverMail;
    this.clock = clock;
  }

  /** Has a letter delivered, unless something is against it. */
  Sending send(Letter letter) {
    var budget = budgets.first(letter);
    if (budget.isEmpty()) {
      var refused = refuseMail.refuse(letter, overBudget(letter));
      // A row that a mailer left behind is not refused: its mail is counted already.
      if (!(refused instanceof Sending.Settled)) {
        return refused;
      }
    }
    return switch (paces.of(letter)) {
      case Paces.Verdict.Refuse(var reason) -> refuseMail.refuse(letter, reason);
      case Paces.Verdict.SendSlowly() -> claim(letter, Budget.SLOW);
      case Paces.Verdict.Send() -> claim(letter, budget.orElse(Budget.FORM));
    };
  }

  private Sending claim(Letter letter, Budget budget) {
    Instant now = clock.instant();
    LinkToken token = linkTokens.of(letter.row());
    var mailing = mailing(letter, token, budget, now);
    return switch (mailings.claim(mailing, now)) {
      case BUSY -> new Sending.TryAgain(Optional.empty());
      case SETTLED -> new Sending.Settled();
      case CAPPED -> refuseMail.refuse(letter, HeldReason.CAPPED);
      case DOMAIN_CAPPED -> {
        LOG.warn("Its domain has had its mails", OperatorCode.DOMAIN_CAPPED.entry());
        Counter.MAIL_DOMAIN_CAPPED.increment();
        yield refuseMail.refuse(letter, HeldReason.CAPPED);
      }
      case OVER_PACE -> refuseMail.refuse(letter, HeldReason.PAUSED);
      case OVER_BUDGET ->
          budgets
              .after(budget, letter)
              .map(next -> claim(letter, next))
              .orElseGet(() -> refuseMail.refuse(letter, overBudget(letter)));
      case CLAIMED -> deliverMail.deliver(letter, token, mailing);
    };
  }

  /** What has waited for a pause may be more than an hour allows: it waits for the next one. */
  private static HeldReason overBudget(Letter letter) {
    return letter.row().pausedFor().isPositive() ? HeldReason.PAUSED : HeldReason.BUDGET;
  }

  private Mailing mailing(Letter letter, LinkToken token, Budget budget, Instant now) {
    var linkExpiresAt = earlier(now.plus(LINK_LIFE), letter.endsAt());
    return new Mailing(
        letter.row(),
        letter.emailIndex(),
        letter.counted(),
        cap(letter),
        token.hash(),
        linkExpiresAt,
        now.plus(LEASE),
        letter.endsAt(),
        budget,
        letter.asked().text(),
        links(letter.row(), new LiveLink(letter.row().linkNo(), linkExpiresAt, token.hash()), now),
        letter.terms());
  }

  private static Cap cap(Letter letter) {
    if (letter.isCustomers()) {
      return Cap.CUSTOMER;
    }
    return letter.isToSimulator() ? Cap.SIMULATOR : Cap.MAILBOX;
  }

  /** Those that still live, and the new one. The hash tells which are ours. */
  private List<LiveLink> links(SubmissionRow row, LiveLink newest, Instant now) {
    var before =
        row.links().stream()
            .filter(it -> it.number() < newest.number() && it.expiresAt().isAfter(now))
            .filter(it -> linkTokens.of(row.withLink(it.number())).hashesTo(it.hash()))
            .sorted(comparingInt(LiveLink::number).reversed())
            .limit(LiveLink.MOST - 1L);
    return Stream.concat(Stream.of(newest), before).toList();
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
