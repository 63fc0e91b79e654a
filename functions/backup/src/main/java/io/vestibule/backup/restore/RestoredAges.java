package io.vestibule.backup.restore;

import io.vestibule.backup.CompareVersions;
import io.vestibule.backup.CompareVersions.Ages;
import io.vestibule.core.Deadline;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How old what was restored is beside what is known of it.
 *
 * @param live the name of the table of customers that is in use
 */
record RestoredAges(CompareVersions compareVersions, String live) {

  private static final Logger LOG = LoggerFactory.getLogger(RestoredAges.class);

  /**
   * Compares what an order has restored. What was restored stays so, and is answered, whether it
   * can be compared or not.
   *
   * @return empty after a dry run, if there is no time, and if it fails
   */
  Optional<Ages> after(RestoreOrder order, Deadline deadline) {
    return switch (order) {
      case RestoreOrder.Customers customers when customers.dryRun() -> Optional.empty();
      case RestoreOrder.Customers customers -> of(customers.into().orElse(live), deadline);
      case RestoreOrder.Identities _ -> of(live, deadline);
    };
  }

  private Optional<Ages> of(String customers, Deadline deadline) {
    try {
      return compareVersions
          .known(deadline)
          .flatMap(known -> compareVersions.of(customers, known, deadline));
    } catch (RuntimeException e) {
      var code = OperatorCode.VERSIONS_NOT_COMPARED.entry();
      LOG.error("What was restored could not be compared", code, new Redacted(e));
      return Optional.empty();
    }
  }
}
