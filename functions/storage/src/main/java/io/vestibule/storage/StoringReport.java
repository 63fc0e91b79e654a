package io.vestibule.storage;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts what came of a submission. */
final class StoringReport {

  private static final Logger LOG = LoggerFactory.getLogger(StoringReport.class);

  private StoringReport() {}

  static void of(Storing storing) {
    switch (storing) {
      case Storing.Created() -> {
        LOG.info("Stored as a new customer");
        Counter.CUSTOMER_CREATED.increment();
      }
      case Storing.Merged() -> {
        LOG.info("Merged into a customer");
        Counter.CUSTOMER_MERGED.increment();
      }
      case Storing.Superseded() -> LOG.info("Nothing to store any more");
      case Storing.Erased() -> {
        LOG.info("Covered by an erasure");
        Counter.SUBMISSION_ERASED.increment();
      }
      case Storing.Disowned(var form) -> {
        LOG.info("Disowned by the owner of the mailbox");
        form.ifPresentOrElse(
            it -> Counter.SUBMISSION_DISOWNED.increment(it.name()),
            Counter.SUBMISSION_DISOWNED::increment);
      }
      case Storing.Forged() -> {
        LOG.error("Confirmed without a proof", OperatorCode.PROOF_FORGED.entry());
        Counter.SUBMISSION_FORGED.increment();
      }
      case Storing.Held(var reason) -> {
        LOG.error(
            "Confirmed, and cannot be stored: {}",
            reason.code(),
            OperatorCode.CONFIRMED_HELD.entry());
        Counter.CONFIRMED_HELD.increment();
      }
    }
  }
}
