package io.vestibule.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts each function beside two that do nothing, and one that does it plainly, and tells what the
 * first answer takes. All take turns, so what else the machine does meets all of them.
 */
record ColdStarts(Bench bench, Door door, int rounds) {

  private static final String UNIT = "CPU ms";

  /** The first ones, which all others are compared with. */
  private static final int YARDSTICKS = 3;

  private interface Measurement {
    Duration of(Subject subject) throws IOException, InterruptedException;
  }

  void measure(Figures figures) throws IOException, InterruptedException {
    var firstAnswer = new FirstAnswer(bench.log());
    var functions = new ArrayList<>(List.of(bench.least(), bench.empty(), bench.plain()));
    door.functions().forEach(functions::add);
    measure("restored", firstAnswer::restored, functions, figures);
    door.aheadOfTime().forEach(functions::add);
    measure("cold", firstAnswer::cold, functions, figures);
  }

  private void measure(
      String how, Measurement measurement, List<Subject> functions, Figures figures)
      throws IOException, InterruptedException {
    var series = series(measurement, functions);
    var names = functions.stream().map(function -> function.name() + ", " + how).toList();
    figures.add(Figure.of(names.getFirst(), series.getFirst(), UNIT));
    for (int yardstick = 0; yardstick < YARDSTICKS; yardstick++) {
      for (int i = yardstick + 1; i < functions.size(); i++) {
        figures.add(
            Figure.of(
                names.get(i), series.get(i), UNIT, names.get(yardstick), series.get(yardstick)));
      }
    }
  }

  private List<Series> series(Measurement measurement, List<Subject> functions)
      throws IOException, InterruptedException {
    var measured = functions.stream().map(_ -> new ArrayList<Double>()).toList();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < functions.size(); i++) {
        measured.get(i).add(measurement.of(functions.get(i)).toNanos() / 1e6);
      }
    }
    return measured.stream().map(Series::new).toList();
  }
}
