package io.vestibule.core;

import java.util.List;
import java.util.Map;

/**
 * Metrics in the namespace Vestibule: each a log line of its own in CloudWatch's embedded metric
 * format, written at once. An environment that dies later takes none with it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
final class MetricLine {

  private static final String NAMESPACE = "Vestibule";

  /** Which installation counts; the alarms watch this dimension. */
  private static final String SERVICE = "Service";

  private static final String FORM = "Form";

  private MetricLine() {}

  /** Writes counts of the whole installation. */
  static void print(Map<String, Integer> counts) {
    print(counts, Map.of(), List.of(List.of(SERVICE)));
  }

  /**
   * Writes counts of one form.
   *
   * @param form the name of one that there is: every other value is one more metric to pay for
   */
  static void print(Map<String, Integer> counts, String form) {
    print(counts, Map.of(FORM, form), List.of(List.of(SERVICE, FORM)));
  }

  /** Writes counts that are of the whole installation and of one form. */
  static void printOfBoth(Map<String, Integer> counts, String form) {
    print(counts, Map.of(FORM, form), List.of(List.of(SERVICE), List.of(SERVICE, FORM)));
  }

  private static void print(
      Map<String, Integer> counts, Map<String, String> more, List<List<String>> dimensions) {
    var line = Json.MAPPER.createObjectNode();
    var directive =
        line.putObject("_aws")
            .put("Timestamp", System.currentTimeMillis())
            .putArray("CloudWatchMetrics")
            .addObject()
            .put("Namespace", NAMESPACE);
    var sets = directive.putArray("Dimensions");
    dimensions.forEach(set -> set.forEach(sets.addArray()::add));
    var metrics = directive.putArray("Metrics");
    counts.keySet().forEach(name -> metrics.addObject().put("Name", name).put("Unit", "Count"));
    line.put(SERVICE, Service.current());
    more.forEach(line::put);
    counts.forEach(line::put);
    System.out.println(line);
  }
}
