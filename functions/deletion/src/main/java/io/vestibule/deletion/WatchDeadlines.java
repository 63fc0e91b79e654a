package io.vestibule.deletion;

import io.vestibule.core.Counter;
import io.vestibule.store.rows.DueRequests;
import io.vestibule.store.rows.DueRequests.Due;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Tells how many requests have used up how much of the time that the law gives to answer them. */
final class WatchDeadlines {

  private static final int HALF = 50;
  private static final int NEARLY = 80;
  private static final Duration UNMAILED = Duration.ofDays(1);

  private final DueRequests requests;
  private final Clock clock;

  WatchDeadlines(DueRequests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
  }

  /**
   * Requests that are open, each in one of these counts.
   *
   * @param half more than half of the time is over
   * @param nearly more than four fifths
   * @param overdue all of it
   * @param unmailed a customer's, and for a day no mail went out by which they could confirm it: in
   *     none of the other counts
   */
  record Report(int young, int half, int nearly, int overdue, int unmailed) {

    private static final Report NONE = new Report(0, 0, 0, 0, 0);

    private static Report of(long percent) {
      if (percent < HALF) {
        return new Report(1, 0, 0, 0, 0);
      }
      if (percent < NEARLY) {
        return new Report(0, 1, 0, 0, 0);
      }
      return percent < 100 ? new Report(0, 0, 1, 0, 0) : new Report(0, 0, 0, 1, 0);
    }

    /** Counts them; alarms follow these counts. */
    void count() {
      Counter.REQUEST_HALF_DUE.add(half);
      Counter.REQUEST_NEARLY_DUE.add(nearly);
      Counter.REQUEST_OVERDUE.add(overdue);
      Counter.REQUEST_UNMAILED.add(unmailed);
    }

    /** As the function answers it. */
    Map<String, Integer> answer() {
      return Map.of(
          "young", young,
          "half", half,
          "nearly", nearly,
          "overdue", overdue,
          "unmailed", unmailed);
    }

    private Report plus(Report other) {
      return new Report(
          young + other.young,
          half + other.half,
          nearly + other.nearly,
          overdue + other.overdue,
          unmailed + other.unmailed);
    }
  }

  Report run() {
    return requests.open().map(this::report).reduce(Report.NONE, Report::plus);
  }

  private Report report(Due due) {
    if (due.isConfirmed()) {
      return Report.of(percentOver(due));
    }
    boolean isLate = !due.createdAt().plus(UNMAILED).isAfter(clock.instant());
    return isLate ? new Report(0, 0, 0, 0, 1) : Report.NONE;
  }

  /** A public function wrote when it was created; a time after the end counts as the end. */
  private long percentOver(Due due) {
    var whole = Duration.between(due.createdAt(), due.dueAt());
    var over = Duration.between(due.createdAt(), clock.instant());
    return whole.isPositive() ? 100 * over.toSeconds() / Math.max(1, whole.toSeconds()) : 100;
  }
}
