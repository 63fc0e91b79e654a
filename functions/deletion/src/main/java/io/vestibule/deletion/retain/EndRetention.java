package io.vestibule.deletion.retain;

import io.vestibule.core.Deadline;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.people.RetentionNotice.Begun;
import io.vestibule.store.people.RetentionNotice.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Erases customers whose forms say that they are to be kept no longer: some a day, and none before
 * the rules that say so were announced for a while.
 *
 * <p>Who else is erased leaves a request's row, which drives it to its end. Here the run of the
 * next day does that: it looks once more after all whom this one meant to erase.
 */
public final class EndRetention {

  private final RetentionNotice notice;
  private final FinishErasures finishErasures;
  private final FindDue findDue;
  private final EraseDue eraseDue;
  private final RetentionAnnouncement announcement;
  private final Clock clock;

  public EndRetention(
      RetentionNotice notice,
      FinishErasures finishErasures,
      FindDue findDue,
      EraseDue eraseDue,
      RetentionAnnouncement announcement,
      Clock clock) {
    this.notice = notice;
    this.finishErasures = finishErasures;
    this.findDue = findDue;
    this.eraseDue = eraseDue;
    this.announcement = announcement;
    this.clock = clock;
  }

  /**
   * What came of a run.
   *
   * @param due how many were found whose time is over, up to as many as are erased in a day
   * @param erased how many of these were; none as long as the notice runs
   * @param erasedFrom since when, or from when on, they are
   */
  public record Report(int due, int erased, Optional<Instant> erasedFrom) {

    /** Of a run that found nobody. */
    public static final Report NOBODY = new Report(0, 0, Optional.empty());

    /** As the function answers it. */
    public Map<String, Object> answer() {
      var from = erasedFrom.map(Instant::toString).orElse("");
      return Map.of("due", due, "erased", erased, "from", from);
    }
  }

  /**
   * Looks once.
   *
   * @param deadline until when it may go on; what is begun by then, the next run finishes
   * @param oneByOne keeps one person who fails from keeping up the others
   */
  public Report run(Deadline deadline, OneByOne oneByOne) {
    var state = finishErasures.run(notice.read(), deadline, oneByOne);
    var due = deadline.isOver() ? List.<Begun>of() : findDue.run(deadline, oneByOne);
    if (due.isEmpty()) {
      return Report.NOBODY;
    }
    var from = announcement.end(state);
    int erased = from.isAfter(clock.instant()) ? 0 : erase(due, state, deadline, oneByOne);
    return new Report(due.size(), erased, Optional.of(from));
  }

  /**
   * Whom it means to erase is written down first: whoever dies over them is followed by another.
   */
  private int erase(List<Begun> due, State state, Deadline deadline, OneByOne oneByOne) {
    var all = new ArrayList<>(due);
    all.addAll(state.begun());
    return notice.begin(state, all) ? eraseDue.run(due, deadline, oneByOne) : 0;
  }
}
