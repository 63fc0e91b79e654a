package io.vestibule.bench;

import io.vestibule.local.packaged.PackagedFunction.Initialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an event takes in a process that has seen many, beside the same number of requests to a
 * handler that does nothing. Both take turns.
 *
 * @param log the file that processes write to
 */
record Warm(Subject least, Path log) {

  private static final String UNIT = "CPU ms";

  /** Turns that do not count: the compiler is busy then. */
  private static final int WARMING_UP = 2;

  /** What a subject is given, each event once. */
  record Work(Subject subject, List<String> events) {}

  void measure(Work work, int rounds, Figures figures) throws IOException, InterruptedException {
    int turns = rounds + WARMING_UP;
    int size = work.events().size() / turns;
    List<Double> nothing = new ArrayList<>();
    List<Double> something = new ArrayList<>();
    try (var yardstick = Running.start(least, Initialization.ON_DEMAND, log);
        var function = Running.start(work.subject(), Initialization.ON_DEMAND, log)) {
      for (int turn = 0; turn < turns; turn++) {
        nothing.add(
            each(yardstick.cpuOf(Stream.generate(least.events()).limit(size).toList()), size));
        var events = work.events().subList(turn * size, (turn + 1) * size);
        something.add(each(function.cpuOf(events), size));
      }
    }
    figures.add(
        Figure.of(
            work.subject().name() + ", warm",
            counted(something),
            UNIT,
            least.name() + ", warm",
            counted(nothing)));
  }

  private static double each(Duration all, int size) {
    return all.toNanos() / 1e6 / size;
  }

  private static Series counted(List<Double> turns) {
    return new Series(turns.subList(WARMING_UP, turns.size()));
  }
}
