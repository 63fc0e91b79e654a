package io.vestibule.core;

import java.util.Map;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Metrics in the namespace Vestibule: each a log line of its own in CloudWatch's embedded metric
 * format, written at once. An environment that dies later takes none with it.
 */
final class MetricLine {

  private static final String NAMESPACE = "Vestibule";

  /** Which installation counts; the alarms watch this dimension. */
  private static final String SERVICE = "Service";

  static {
    // Print the lines wherever this runs: outside Lambda the library would look for an agent.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
  }

  private MetricLine() {}

  /** Writes counts of the whole installation. */
  static void print(Map<String, Integer> counts) {
    print(counts, DimensionSet.of(SERVICE, Service.current()));
  }

  /**
   * Writes counts of one form.
   *
   * @param form the name of one that there is: every other value is one more metric to pay for
   */
  static void print(Map<String, Integer> counts, String form) {
    print(counts, DimensionSet.of(SERVICE, Service.current(), "Form", form));
  }

  private static void print(Map<String, Integer> counts, DimensionSet dimensions) {
    MetricsFactory.getMetricsInstance()
        .flushMetrics(
            metrics -> {
              metrics.setNamespace(NAMESPACE);
              metrics.setDefaultDimensions(dimensions);
              counts.forEach((name, count) -> metrics.addMetric(name, count, MetricUnit.COUNT));
            });
  }
}
