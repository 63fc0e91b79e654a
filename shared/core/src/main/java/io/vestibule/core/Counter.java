package io.vestibule.core;

import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * What is counted, all of it: CloudWatch metrics in the namespace Vestibule, each a sum of events.
 *
 * <p>Each count is a log line of its own in CloudWatch's embedded metric format, written at once:
 * an environment that dies later takes none with it.
 */
public enum Counter {
  /** A submission was sealed and written. */
  SUBMISSION_ACCEPTED("SubmissionAccepted"),
  /** A post was refused, and told why. */
  SUBMISSION_REFUSED("SubmissionRefused"),
  /** A post could not be taken: no key to seal with, or no table to write to. */
  SUBMISSION_UNAVAILABLE("SubmissionUnavailable"),
  /** SES took a confirmation mail. */
  MAIL_SENT("MailSent"),
  /** SES did not take a mail that it may take later. */
  MAIL_DELAYED("MailDelayed"),
  /** A link was looked at without a press: people do that, and mail scanners. */
  LINK_VIEWED("LinkViewed"),
  /** A button was pressed in time. */
  ADDRESS_CONFIRMED("AddressConfirmed"),
  /** A new link was asked for. */
  LINK_REQUESTED("LinkRequested"),
  /** A submission was put aside for a person to look at. */
  SUBMISSION_HELD("SubmissionHeld"),
  /** A row claimed to be confirmed without a proof, or was none that intake writes: an alarm. */
  SUBMISSION_FORGED("SubmissionForged"),
  /**
   * A submission that somebody really confirmed cannot be stored, and waits for a person: an alarm.
   */
  CONFIRMED_HELD("ConfirmedHeld"),
  /** A verified submission became a new customer. */
  CUSTOMER_CREATED("CustomerCreated"),
  /** A verified submission was merged into a customer. */
  CUSTOMER_MERGED("CustomerMerged"),
  /** A verified submission was covered by an erasure. */
  SUBMISSION_ERASED("SubmissionErased"),
  /** The reconciler has looked at what is owed; no such count for an hour is an alarm. */
  RECONCILED("Reconciled"),
  /** A row that its stream seems to have forgotten was touched, so that it has a new record. */
  SUBMISSION_TOUCHED("SubmissionTouched"),
  /** A row was touched more than once and has not moved, counted at every look: an alarm. */
  SUBMISSION_STUCK("SubmissionStuck"),
  /** There is a new sealing key; no such count for long is an alarm. */
  SEALING_KEY_ROTATED("SealingKeyRotated"),
  /** A private sealing key was destroyed, and with it what was sealed and never confirmed. */
  SEALING_KEY_DESTROYED("SealingKeyDestroyed"),
  /** There is a new backup; no such count for 26 hours is an alarm. */
  BACKUP_TAKEN("BackupTaken"),
  /** A backup was restored, counted, opened and dropped again, as it should be. */
  DRILL_PASSED("DrillPassed"),
  /** A backup was not what it should be: an alarm. */
  DRILL_FAILED("DrillFailed"),
  /** At the end of a backup: no drill has passed for 35 days: an alarm. */
  DRILL_OVERDUE("DrillOverdue");

  private static final String NAMESPACE = "Vestibule";

  static {
    // Print the lines wherever this runs: outside Lambda the library would look for an agent.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
  }

  /** Which installation counts; the alarms watch this dimension. */
  private static final DimensionSet SERVICE =
      DimensionSet.of(
          "Service", System.getenv().getOrDefault("POWERTOOLS_SERVICE_NAME", "vestibule"));

  private final String metric;

  Counter(String metric) {
    this.metric = metric;
  }

  /** The metric's name in CloudWatch. */
  public String metric() {
    return metric;
  }

  /** Counts one. */
  public void increment() {
    add(1);
  }

  /** Counts several at once; nothing is written for none. */
  public void add(int count) {
    if (count == 0) {
      return;
    }
    MetricsFactory.getMetricsInstance()
        .flushMetrics(
            metrics -> {
              metrics.setNamespace(NAMESPACE);
              metrics.setDefaultDimensions(SERVICE);
              metrics.addMetric(metric, count, MetricUnit.COUNT);
            });
  }
}
