package io.vestibule.local.doctor;

import io.vestibule.store.audit.StaffLooks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Compares which keys were used with what the audit says of it. */
record CompareAudit(StaffLooks looks) {

  /** A page is answered within 25 seconds, and CloudTrail's times have no fractions. */
  private static final Duration BEFORE = Duration.ofSeconds(30);

  private static final Duration ROUNDED = Duration.ofSeconds(1);

  /** Those that no row of the audit explains that was written before. */
  List<Unwrapping> unexplained(List<Unwrapping> unwrappings) {
    return unwrappings.stream().filter(it -> !isExplained(it)).toList();
  }

  private boolean isExplained(Unwrapping unwrapping) {
    return looks.timesOf(unwrapping.customer()).anyMatch(it -> isJustBefore(it, unwrapping.at()));
  }

  private static boolean isJustBefore(Instant row, Instant unwrapped) {
    return !row.isAfter(unwrapped.plus(ROUNDED)) && row.isAfter(unwrapped.minus(BEFORE));
  }
}
