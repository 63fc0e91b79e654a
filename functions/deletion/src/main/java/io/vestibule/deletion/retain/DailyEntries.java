package io.vestibule.deletion.retain;

import io.vestibule.core.Deadline;
import io.vestibule.store.OneByOne;
import java.util.Map;

/**
 * What a day's run does about entries: those whose time is over go, and those that an erasure has
 * left.
 */
public record DailyEntries(EndEntries endEntries, EndLeftEntries endLeftEntries) {

  /**
   * What came of it.
   *
   * @param left how many an erasure had left, and are deleted now
   */
  public record Report(EndEntries.Report over, int left) {

    /** As the function answers it. */
    public Map<String, Integer> answer() {
      return Map.of("waiting", over.waiting(), "deleted", over.deleted(), "left", left);
    }
  }

  /**
   * Looks once.
   *
   * @param people keeps one customer who fails from keeping up the others
   * @param parts keeps the one part from keeping up the other
   */
  public Report run(Deadline deadline, OneByOne people, OneByOne parts) {
    var over = parts.attempt(() -> endEntries.run(deadline, people), EndEntries.Report.NONE);
    return new Report(over, parts.attempt(() -> endLeftEntries.run(deadline, people), 0));
  }
}
