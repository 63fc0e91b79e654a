package io.vestibule.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

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

  private MetricLine() {}

  /** Writes counts of the whole installation. */
  static void print(Map<String, Integer> counts) {
    print(counts, dimensions());
  }

  /**
   * Writes counts of one form.
   *
   * @param form the name of one that there is: every other value is one more metric to pay for
   */
  static void print(Map<String, Integer> counts, String form) {
    var dimensions = dimensions();
    dimensions.put("Form", form);
    print(counts, dimensions);
  }

  private static SequencedMap<String, String> dimensions() {
    var dimensions = new LinkedHashMap<String, String>();
    dimensions.put(SERVICE, Service.current());
    return dimensions;
  }

  private static void print(Map<String, Integer> counts, SequencedMap<String, String> dimensions) {
    var line = Json.MAPPER.createObjectNode();
    var directive =
        line.putObject("_aws")
            .put("Timestamp", System.currentTimeMillis())
            .putArray("CloudWatchMetrics")
            .addObject()
            .put("Namespace", NAMESPACE);
    dimensions.keySet().forEach(directive.putArray("Dimensions").addArray()::add);
    var metrics = directive.putArray("Metrics");
    counts.keySet().forEach(name -> metrics.addObject().put("Name", name).put("Unit", "Count"));
    dimensions.forEach(line::put);
    counts.forEach(line::put);
    System.out.println(line);
  }
}
