package io.vestibule.deletion;

import io.vestibule.store.rows.DueRequests;
import io.vestibule.store.rows.DueRequests.Due;
import java.time.Clock;
import java.time.Duration;

/** Tells how many requests have used up how much of the time that the law gives to answer them. */
final class WatchDeadlines {

  private static final int HALF = 50;
  private static final int NEARLY = 80;

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
   */
  record Report(int young, int half, int nearly, int overdue) {

    private static final Report NONE = new Report(0, 0, 0, 0);

    private Report plus(long percent) {
      if (percent < HALF) {
        return new Report(young + 1, half, nearly, overdue);
      }
      if (percent < NEARLY) {
        return new Report(young, half + 1, nearly, overdue);
      }
      return percent < 100
          ? new Report(young, half, nearly + 1, overdue)
          : new Report(young, half, nearly, overdue + 1);
    }
  }

  Report run() {
    var report = Report.NONE;
    for (Due due : requests.open()) {
      report = report.plus(percentOver(due));
    }
    return report;
  }

  /** A public function wrote when it was created; a time after the end counts as the end. */
  private long percentOver(Due due) {
    var whole = Duration.between(due.createdAt(), due.dueAt());
    var over = Duration.between(due.createdAt(), clock.instant());
    return whole.isPositive() ? 100 * over.toSeconds() / Math.max(1, whole.toSeconds()) : 100;
  }
}
