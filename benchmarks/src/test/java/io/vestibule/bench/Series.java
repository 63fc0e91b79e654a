package io.vestibule.bench;

import java.util.List;
import java.util.stream.IntStream;

/** What was measured of one thing, run after run. */
record Series(List<Double> values) {

  Series {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  /** The value in the middle; of two in the middle their mean. */
  double median() {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** From the smallest to the largest value. */
  double spread() {
    var statistics = values.stream().mapToDouble(it -> it).summaryStatistics();
    return statistics.getMax() - statistics.getMin();
  }

  /**
   * This, divided by another run by run: what kept the machine busy during a run is in both of its
   * values.
   */
  Series dividedBy(Series other) {
    if (values.size() != other.values.size()) {
      throw new IllegalArgumentException("not the same runs");
    }
    return new Series(
        IntStream.range(0, values.size())
            .mapToObj(run -> values.get(run) / other.values.get(run))
            .toList());
  }
}
