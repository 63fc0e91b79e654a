package io.vestibule.backup.restore;

import io.vestibule.backup.Parallel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Takes customers out of a place who were erased while a restore was writing, and those whom an
 * earlier run wrote before they were erased.
 *
 * @param before who was erased when it began
 * @param now who is erased since it has written all
 */
record TakeOut(Set<String> before, Set<String> now) {

  /** How many customers are taken out at a time. */
  private static final int WIDTH = 8;

  /**
   * Does it.
   *
   * @param keptOut who was erased when it began, and is in the backup
   * @param goesOn whether an earlier run has written there
   * @return how many rows there were of those who were erased meanwhile
   */
  long run(Target target, Set<String> keptOut, boolean goesOn) {
    var _ = delete(keptOut, target);
    Set<String> meanwhile = new HashSet<>(now);
    if (goesOn) {
      meanwhile.addAll(before);
    } else {
      meanwhile.removeAll(before);
    }
    meanwhile.removeAll(keptOut);
    return delete(meanwhile, target);
  }

  private static long delete(Set<String> customers, Target target) {
    List<Callable<Integer>> work =
        customers.stream().<Callable<Integer>>map(id -> () -> target.delete(id)).toList();
    return Parallel.all(WIDTH, work).stream().mapToLong(Integer::longValue).sum();
  }
}
