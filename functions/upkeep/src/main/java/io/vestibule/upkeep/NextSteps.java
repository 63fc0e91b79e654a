package io.vestibule.upkeep;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Notice;
import io.vestibule.core.Runs;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.mail.Breakers;
import io.vestibule.store.mail.Pace;
import io.vestibule.store.rows.OpenRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what a submission or a request is owed, from its columns and the time alone. */
final class NextSteps {

  /** So long the way from one state to the next may take before somebody looks. */
  private static final Duration OVERDUE = Duration.ofMinutes(15);

  /** Far less than the 24 hours after which a stream forgets, far more than any retry takes. */
  private static final Duration BETWEEN_TOUCHES = Duration.ofHours(6);

  /**
   * A lease that ended this long ago has no holder: redelivery would have taken the row over by
   * now.
   */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(5);

  /** The first touch is for a stream that forgot. If the second does not help, a person must. */
  private static final int TOUCHED_IN_VAIN = 2;

  private final Forms forms;

  NextSteps(Forms forms) {
    this.forms = forms;
  }

  /**
   * What a row is owed.
   *
   * @param breakers which mails are slowed or stopped
   */
  NextStep of(OpenRow row, Breakers breakers, Instant now) {
    return switch (row.status()) {
      case PENDING -> hasEnded(row, now) ? new NextStep.Wait() : touch(row, now);
      case MAILING -> hasEnded(row, now) ? new NextStep.Wait() : mailAgain(row, now);
      case VERIFIED, ERASING -> touch(row, now);
      case HELD -> isOver(row, breakers, now) ? mailHeld(row, now) : new NextStep.Wait();
      case DONE -> lastMail(row, breakers, now);
      case MAILED, ERASED, EXPIRED -> new NextStep.Wait();
    };
  }

  /** Who is done and still open is to be told; while mail is stopped, nobody can be. */
  private static NextStep lastMail(OpenRow row, Breakers breakers, Instant now) {
    var doneAt = row.doneAt();
    if (doneAt.filter(at -> isPast(at.plus(Notice.OWED), now)).isPresent()) {
      return new NextStep.ForgetLastMail();
    }
    var next =
        Stream.of(doneAt, row.touchedAt(), row.leaseUntil())
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder())
            .map(last -> last.plus(OVERDUE));
    return doneAt.isPresent()
            && next.filter(at -> isPast(at, now)).isPresent()
            && breakers.ofCustomers(now) != Pace.STOPPED
        ? new NextStep.LastMail()
        : new NextStep.Wait();
  }

  /** Whether a row has been woken more than once and is still where it was. */
  boolean isStuck(OpenRow row, Instant now) {
    boolean isOwed =
        switch (row.status()) {
          case PENDING, MAILING -> !hasEnded(row, now);
          case VERIFIED, ERASING -> true;
          case MAILED, HELD, DONE, ERASED, EXPIRED -> false;
        };
    boolean hadTime = touched(row, now).filter(at -> isPast(at.plus(OVERDUE), now)).isPresent();
    return isOwed && hadTime && touches(row, now) >= TOUCHED_IN_VAIN;
  }

  private static NextStep touch(OpenRow row, Instant now) {
    Instant next =
        touched(row, now)
            .map(at -> at.plus(row.status() == Status.ERASING ? OVERDUE : BETWEEN_TOUCHES))
            .orElseGet(() -> since(row, now).plus(overdue(row)));
    return isPast(next, now) ? new NextStep.Touch(touches(row, now) + 1) : new NextStep.Wait();
  }

  /** An erasure looks once more for what was on its way while it ran. */
  private static Duration overdue(OpenRow row) {
    return row.status() == Status.ERASING ? Runs.SETTLED : OVERDUE;
  }

  private static NextStep mailAgain(OpenRow row, Instant now) {
    var leftAt = row.leaseUntil().orElse(row.createdAt());
    return isPast(leftAt.plus(LEFT_BEHIND), now)
        ? new NextStep.MailAgain(touches(row, now) + 1)
        : new NextStep.Wait();
  }

  /** Whether a row is held for the cap of its mailbox, and was not passed over since. */
  static boolean waitsForItsDay(OpenRow row) {
    return row.status() == Status.HELD
        && row.reason().filter(HeldReason.CAPPED.code()::equals).isPresent()
        && row.touchedAt().filter(at -> row.heldAt().filter(at::isAfter).isPresent()).isEmpty();
  }

  /** Whether what it is held for has passed by itself; all else waits for a person. */
  private static boolean isOver(OpenRow row, Breakers breakers, Instant now) {
    if (waitsForItsDay(row)) {
      return isItsDayOver(row, now);
    }
    return isPaused(row) && isItsTurn(row, breakers, now);
  }

  static boolean isItsDayOver(OpenRow row, Instant now) {
    return row.heldAt().filter(at -> day(at).isBefore(day(now))).isPresent();
  }

  private static boolean isPaused(OpenRow row) {
    return row.reason().filter(HeldReason.PAUSED.code()::equals).isPresent();
  }

  /**
   * While mails go out slowly, each hour has its share, and each that waits one try an hour; so has
   * what was over its form's budget after a pause. Among requests may be some of customers, whom
   * only the account's danger stops.
   */
  private static boolean isItsTurn(OpenRow row, Breakers breakers, Instant now) {
    var pace = breakers.of(row.form(), now);
    if (pace == Pace.FULL && row.pausedFor().isZero()) {
      return true;
    }
    return row.id().destination().choose(pace, breakers.ofCustomers(now)) != Pace.STOPPED
        && row.heldAt().filter(at -> hour(at).isBefore(hour(now))).isPresent();
  }

  /**
   * Being held for a cap does not lengthen a submission's life. Else whoever posts a hundred times
   * in somebody's name would have them mailed for a month. Being paused does, as that is nobody's
   * doing of those who wait. A person's release begins it anew. A customer's request lives until it
   * is due.
   */
  private NextStep mailHeld(OpenRow row, Instant now) {
    var begin = row.releasedAt().orElse(row.createdAt());
    var pausedFor = pausedFor(row, now);
    return forms
        .find(row.form())
        .map(form -> begin.plus(form.keep().unverified()).plus(pausedFor))
        .map(usual -> row.dueAt().filter(usual::isBefore).orElse(usual))
        .filter(endsAt -> endsAt.isAfter(now))
        .<NextStep>map(endsAt -> new NextStep.MailHeld(endsAt, pausedFor))
        .orElseGet(NextStep.Wait::new);
  }

  /** All together; in whole seconds, as a row has it. */
  private static Duration pausedFor(OpenRow row, Instant now) {
    var latest =
        row.heldAt()
            .filter(at -> isPaused(row) && at.isBefore(now))
            .map(at -> Duration.ofSeconds(Duration.between(at, now).toSeconds()))
            .orElse(Duration.ZERO);
    return row.pausedFor().plus(latest);
  }

  /** When it was last touched in the state that it is in. */
  private static Optional<Instant> touched(OpenRow row, Instant now) {
    return row.touchedAt().filter(since(row, now)::isBefore);
  }

  private static int touches(OpenRow row, Instant now) {
    return touched(row, now).isPresent() ? row.touches() : 0;
  }

  /**
   * Since when it has been open in its state, as far as the row tells. The time of the press was
   * written by a public function: one that has not come yet counts for nothing.
   */
  private static Instant since(OpenRow row, Instant now) {
    if (row.status() == Status.ERASING) {
      return row.erasedAt().orElse(row.createdAt());
    }
    return row.verifiedAt().filter(at -> !at.isAfter(now)).orElse(row.createdAt());
  }

  /** A row whose time is over, and that the time to live has not deleted yet. */
  static boolean hasEnded(OpenRow row, Instant now) {
    return row.expiresAt().filter(at -> isPast(at, now)).isPresent();
  }

  private static boolean isPast(Instant time, Instant now) {
    return !time.isAfter(now);
  }

  private static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
