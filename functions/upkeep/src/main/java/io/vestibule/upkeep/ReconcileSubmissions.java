package io.vestibule.upkeep;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.vestibule.core.Counter;
import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Runs;
import io.vestibule.core.Status;
import io.vestibule.store.OneByOne;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.mail.Breakers;
import io.vestibule.store.rows.OpenRow;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.Round;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Looks for submissions, or requests, that are open for longer than their state allows, and wakes
 * them: streams forget after 24 hours, this does not.
 *
 * <p>It decides nothing about them. A row that is woken without need is a record that the mailer or
 * storage has nothing to do for.
 */
public final class ReconcileSubmissions {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileSubmissions.class);

  /**
   * In the order of what would be missed most. MAILED waits for its person, and for nobody else.
   * What is claimed comes with PENDING, as it keeps its place there; by MAILING only what a version
   * before has claimed is found.
   */
  private static final List<Status> OWED =
      List.of(
          Status.VERIFIED,
          Status.ERASING,
          Status.DONE,
          Status.MAILING,
          Status.PENDING,
          Status.HELD);

  /** So that a young lease is seen too: how old a row must be at all. */
  private static final Duration YOUNG = Duration.ofMinutes(5);

  /** How many rows are woken in one run: 12,000 an hour, which spares SES as well. */
  private static final int MOST_WOKEN = 1_000;

  private final OpenSubmissions submissions;
  private final NextSteps nextSteps;
  private final Quarantine quarantine;
  private final Clock clock;
  private final Bounds bounds;
  private final Map<Status, Round> rounds;

  ReconcileSubmissions(
      OpenSubmissions submissions,
      NextSteps nextSteps,
      Quarantine quarantine,
      Clock clock,
      RandomGenerator random,
      Bounds bounds) {
    this.submissions = submissions;
    this.nextSteps = nextSteps;
    this.quarantine = quarantine;
    this.clock = clock;
    this.bounds = bounds;
    this.rounds =
        OWED.stream().collect(toMap(identity(), status -> submissions.round(status, random)));
  }

  /**
   * How many rows of a state are read in one run; the next one goes on behind them.
   *
   * @param held of what is held: most of it waits for a person, and may be a flood's
   * @param owed of every other state
   */
  public record Bounds(int held, int owed) {

    /** Held rows by the hundred thousand are gone round in an hour. */
    static final Bounds DEPLOYED = new Bounds(10_000, 2_000);

    int of(Status status) {
      return status == Status.HELD ? held : owed;
    }
  }

  /**
   * What came of a run.
   *
   * @param touched rows that have a new record in their stream, in the state that they are in
   * @param mailedAgain rows that a mailer had left behind
   * @param unheld rows that were held for what has passed: a mailbox's day, or a pause
   * @param stuck rows that were touched in vain, among those that were read
   */
  public record Report(int touched, int mailedAgain, int unheld, int stuck) {

    static final Report EMPTY = new Report(0, 0, 0, 0);

    int woken() {
      return touched + mailedAgain + unheld;
    }

    Report plus(Report other) {
      return new Report(
          touched + other.touched,
          mailedAgain + other.mailedAgain,
          unheld + other.unheld,
          stuck + other.stuck);
    }
  }

  /**
   * Looks at every state in which something is owed, once. A row that fails keeps no other from
   * being woken: the run fails after them.
   *
   * @param breakers which mails are slowed or stopped
   */
  public Report run(Breakers breakers) {
    var report = Report.EMPTY;
    var oneByOne = new OneByOne();
    for (Status status : OWED) {
      var waiting = new WaitingRequests(submissions);
      for (OpenRow row : newestFirst(status)) {
        if (report.woken() == MOST_WOKEN) {
          break;
        }
        var now = clock.instant();
        report =
            report.plus(oneByOne.attempt(() -> wake(row, waiting, breakers, now), Report.EMPTY));
      }
    }
    oneByOne.end();
    return report;
  }

  /**
   * What a mailer left behind comes before what waits. Of what waits for the same mailbox, the
   * newest is mailed first.
   */
  private List<OpenRow> newestFirst(Status status) {
    var before = clock.instant().minus(young(status));
    var ids = requireNonNull(rounds.get(status)).next(before, bounds.of(status));
    return submissions.read(ids).stream()
        .sorted(
            comparing((OpenRow it) -> it.status() != Status.MAILING)
                .thenComparing(OpenRow::createdAt, reverseOrder()))
        .toList();
  }

  private Report passOver(OpenRow row, Instant now) {
    submissions.passOver(row, now);
    return Report.EMPTY;
  }

  private Report wake(OpenRow row, WaitingRequests waiting, Breakers breakers, Instant now) {
    try {
      return switch (waiting.of(row, now)) {
        case ITS_OWN -> lookAt(row, breakers, now);
        case ANOTHERS -> Report.EMPTY;
        case OVER -> passOver(row, now);
      };
    } catch (TransactionConflictException e) {
      return Report.EMPTY; // Somebody is at it in this moment, again and again: it is awake.
    } catch (UnfitRow e) {
      boolean isConfirmed = row.status() == Status.VERIFIED || row.status() == Status.ERASING;
      quarantine.replace(row, isConfirmed ? HeldReason.FORGED : HeldReason.UNREADABLE, now);
      return Report.EMPTY;
    }
  }

  private static Duration young(Status status) {
    return status == Status.ERASING ? Runs.SETTLED : YOUNG;
  }

  private Report lookAt(OpenRow row, Breakers breakers, Instant now) {
    int stuck = nextSteps.isStuck(row, now) ? 1 : 0;
    return switch (nextSteps.of(row, breakers, now)) {
      case NextStep.Wait() -> new Report(0, 0, 0, stuck);
      case NextStep.Touch(int times) ->
          new Report(one(submissions.touch(row, times, now)), 0, 0, stuck);
      case NextStep.LastMail() -> new Report(one(submissions.wakeLastMail(row, now)), 0, 0, stuck);
      case NextStep.ForgetLastMail() -> forgetLastMail(row, stuck);
      case NextStep.MailAgain(int times) ->
          new Report(0, one(submissions.mailAgain(row, times, now)), 0, stuck);
      case NextStep.MailHeld(Instant endsAt, Duration pausedFor) ->
          new Report(0, 0, one(submissions.mailHeld(row, endsAt, pausedFor, now)), stuck);
    };
  }

  private Report forgetLastMail(OpenRow row, int stuck) {
    if (submissions.forgetLastMail(row)) {
      LOG.warn("Too late for its last mail", OperatorCode.LAST_MAIL_UNSENT.entry());
      Counter.LAST_MAIL_UNSENT.increment();
    }
    return new Report(0, 0, 0, stuck);
  }

  /** A row that has changed since it was read has been woken by that. */
  private static int one(boolean changed) {
    return changed ? 1 : 0;
  }
}
