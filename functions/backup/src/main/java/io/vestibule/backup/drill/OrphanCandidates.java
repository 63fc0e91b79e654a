package io.vestibule.backup.drill;

import io.vestibule.backup.Parallel;
import io.vestibule.backup.drill.Orphans.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What seemed to be orphans while the tables were read. */
final class OrphanCandidates {

  /** If there are more, and most of these remain, a table was lost. */
  private static final int MOST_LOOKED_AT = 1_000;

  /** How many numbers a report names. */
  private static final int MOST_NAMED = 100;

  private static final int WIDTH = 8;

  private final List<String> first = new ArrayList<>();
  private long count;

  synchronized void add(String number) {
    count += 1;
    if (first.size() < MOST_LOOKED_AT) {
      first.add(number);
    }
  }

  synchronized boolean isEmpty() {
    return first.isEmpty();
  }

  /** Those who were not looked at again go with the most of those who were. */
  Side stillThere(Predicate<String> isOrphan) {
    List<Callable<Stream<String>>> looks =
        first.stream()
            .<Callable<Stream<String>>>map(
                number -> () -> isOrphan.test(number) ? Stream.of(number) : Stream.empty())
            .toList();
    List<String> orphans = Parallel.all(WIDTH, looks).stream().flatMap(number -> number).toList();
    boolean mostRemain = 2 * orphans.size() > first.size();
    long others = mostRemain ? count - first.size() : 0;
    return new Side(orphans.size() + others, orphans.stream().limit(MOST_NAMED).toList());
  }
}
