package io.vestibule.upkeep.canary;

import io.vestibule.core.Pause;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.time.Duration;
import java.util.Set;

/** Waits until a submission is mailed. */
record AwaitMail(RowStates rows, Pause pause) {

  /** Mails that are slower are no trouble yet: the next flight looks once more. */
  private static final int LOOKS = 10;

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Set<String> ON_ITS_WAY =
      Set.of(Status.PENDING.name(), Status.MAILING.name());

  /** What came of it. */
  sealed interface Result {

    /** SES has taken the mail. */
    record Mailed() implements Result {}

    /** It is still to be mailed. */
    record Slow(String status) implements Result {}

    /** Nothing will mail it by itself soon. */
    record Never(String status) implements Result {}
  }

  /** Waits for some seconds at most. */
  Result of(RowId id) {
    String status = rows.of(id);
    for (int looks = 1; looks < LOOKS && ON_ITS_WAY.contains(status); looks++) {
      pause.rest(BETWEEN);
      status = rows.of(id);
    }
    if (status.equals(Status.MAILED.name())) {
      return new Result.Mailed();
    }
    return ON_ITS_WAY.contains(status) ? new Result.Slow(status) : new Result.Never(status);
  }
}
