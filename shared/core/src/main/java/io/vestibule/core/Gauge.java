package io.vestibule.core;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What is measured at certain times, of each form: CloudWatch metrics in the namespace Vestibule
 * with the dimension Form. Of several values in a day the largest is as good as any, their sum
 * means nothing.
 */
public enum Gauge {
  /** What had become of the submissions of a day when it was over: BooksAccepted, BooksOpen, … */
  BOOKS("Books");

  private final String prefix;

  Gauge(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Publishes what was measured.
   *
   * @param form the name of a form
   * @param counts by their names, in lower case
   */
  public void publish(String form, Map<String, Integer> counts) {
    var metrics = new LinkedHashMap<String, Integer>();
    counts.forEach((name, count) -> metrics.put(prefix + capitalised(name), count));
    MetricLine.print(metrics, form);
  }

  private static String capitalised(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
