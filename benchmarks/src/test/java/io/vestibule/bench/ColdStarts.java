package io.vestibule.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts each function beside one that does nothing, and tells what the first answer takes. All
 * take turns, so what else the machine does meets all of them.
 */
record ColdStarts(FirstAnswer firstAnswer, Subject empty, List<Subject> subjects) {

  private static final String UNIT = "CPU ms";

  private interface Measurement {
    Duration of(Subject subject) throws IOException, InterruptedException;
  }

  void measure(int rounds, Figures figures) throws IOException, InterruptedException {
    tell("cold", firstAnswer::cold, rounds, figures);
    tell("restored", firstAnswer::restored, rounds, figures);
  }

  private void tell(String how, Measurement measurement, int rounds, Figures figures)
      throws IOException, InterruptedException {
    List<Double> nothing = new ArrayList<>();
    var measured = subjects.stream().map(_ -> new ArrayList<Double>()).toList();
    for (int round = 0; round < rounds; round++) {
      nothing.add(milliseconds(measurement.of(empty)));
      for (int i = 0; i < subjects.size(); i++) {
        measured.get(i).add(milliseconds(measurement.of(subjects.get(i))));
      }
    }
    var yardstick = new Series(nothing);
    var name = empty.name() + ", " + how;
    figures.add(Figure.of(name, yardstick, UNIT));
    for (int i = 0; i < subjects.size(); i++) {
      figures.add(
          Figure.of(
              subjects.get(i).name() + ", " + how,
              new Series(measured.get(i)),
              UNIT,
              name,
              yardstick));
    }
  }

  private static double milliseconds(Duration time) {
    return time.toNanos() / 1e6;
  }
}
