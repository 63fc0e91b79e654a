package io.vestibule.backup.restore;

import io.vestibule.backup.RestoreExclusions;
import io.vestibule.store.audit.AuditLog;
import java.time.Clock;
import java.util.Set;

/**
 * Lets a person have invalid entries of the ledger disregarded, number by number, in one restore.
 * Each is written to the audit before anything is restored.
 */
final class OverruleLedger {

  private final RestoreExclusions exclusions;
  private final AuditLog audit;
  private final Clock clock;

  OverruleLedger(RestoreExclusions exclusions, AuditLog audit, Clock clock) {
    this.exclusions = exclusions;
    this.audit = audit;
    this.clock = clock;
  }

  /** As it would be. */
  RestoreExclusions supposed(Set<String> numbers) {
    return exclusions.overruling(numbers);
  }

  /**
   * As a person has ordered it.
   *
   * @throws IllegalArgumentException if one of the numbers has no invalid entry: it was mistyped,
   *     or was erased, which nobody can overrule
   */
  RestoreExclusions ordered(Set<String> numbers) {
    if (numbers.isEmpty()) {
      return exclusions;
    }
    if (!exclusions.now().invalid().containsAll(numbers)) {
      throw new IllegalArgumentException("A number to overrule has no invalid entry in the ledger");
    }
    numbers.forEach(number -> audit.overruled(number, clock.instant()));
    return exclusions.overruling(numbers);
  }
}
