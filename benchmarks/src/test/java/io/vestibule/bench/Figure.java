package io.vestibule.bench;

import org.jspecify.annotations.Nullable;

/**
 * One number that the benchmarks give.
 *
 * @param value the median of the runs
 * @param yardstick what it is compared with; null: it is one itself
 * @param ratio the median of the ratios to the yardstick in each run
 * @param spread from the smallest to the largest run, in the unit
 */
record Figure(
    String name,
    double value,
    String unit,
    @Nullable String yardstick,
    @Nullable Double ratio,
    int runs,
    double spread) {

  /** A figure that others are compared with, or that nothing is. */
  static Figure of(String name, Series measured, String unit) {
    return new Figure(
        name, measured.median(), unit, null, null, measured.values().size(), measured.spread());
  }

  /** A figure beside its yardstick, which was measured in the same runs. */
  static Figure of(String name, Series measured, String unit, String yardstick, Series yardsticks) {
    return new Figure(
        name,
        measured.median(),
        unit,
        yardstick,
        measured.dividedBy(yardsticks).median(),
        measured.values().size(),
        measured.spread());
  }
}
