package io.vestibule.backup.drill;

import io.vestibule.backup.CompareVersions;
import io.vestibule.core.Deadline;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is amiss in the tables that are in use. It is no matter of the backup: whatever goes wrong
 * here, the drill's report tells of the backup.
 */
final class LookAtLiveTables {

  private static final Logger LOG = LoggerFactory.getLogger(LookAtLiveTables.class);

  private final FindOrphans findOrphans;
  private final CompareVersions compareVersions;
  private final String customers;

  /**
   * Prepares it.
   *
   * @param customers the table in use
   */
  LookAtLiveTables(FindOrphans findOrphans, CompareVersions compareVersions, String customers) {
    this.findOrphans = findOrphans;
    this.compareVersions = compareVersions;
    this.customers = customers;
  }

  Orphans orphans(Deadline deadline) {
    return unlessItFails(() -> findOrphans.run(deadline), Orphans.NOT_COUNTED);
  }

  /**
   * Compares versions, those of a restored table too; empty if there was no time.
   *
   * @param restored a table that a backup was restored into
   */
  Optional<Versions> versions(String restored, Deadline deadline) {
    return unlessItFails(() -> compare(restored, deadline), Optional.empty());
  }

  private Optional<Versions> compare(String restored, Deadline deadline) {
    var known = compareVersions.known(deadline);
    var live = known.flatMap(it -> compareVersions.of(customers, it, deadline));
    var backup = known.flatMap(it -> compareVersions.of(restored, it, deadline));
    return live.flatMap(
        ages -> backup.map(of -> new Versions(ages.restored(), ages.recovered(), of.recovered())));
  }

  private static <T> T unlessItFails(Supplier<T> look, T otherwise) {
    try {
      return look.get();
    } catch (RuntimeException e) {
      LOG.error(
          "The tables in use could not be compared",
          OperatorCode.ORPHANS_NOT_COUNTED.entry(),
          new Redacted(e));
      return otherwise;
    }
  }
}
