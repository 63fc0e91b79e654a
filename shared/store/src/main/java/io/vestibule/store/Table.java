package io.vestibule.store;

import io.vestibule.core.Destination;
import java.util.Locale;

/** The tables of an installation, by what they hold. */
public enum Table {
  SUBMISSIONS,
  REQUESTS,
  IDENTITIES,
  CUSTOMERS,
  ENTRIES,
  /** Only where staff have a door. */
  LOOKUPS,
  DELIVERIES,
  RECIPIENTS,
  NOTES,
  LANES,
  ERASURES,
  DISCLOSURES,
  AUDIT,
  MAIL_LIMITS,
  SEALING_KEYS,
  SYSTEM_KEYS,
  /** What a drill restores a backup's customers into. */
  SCRATCH,
  /** What a drill restores a backup's entries into. */
  SCRATCH_ENTRIES;

  /** The table of what goes there once it is confirmed. */
  public static Table of(Destination destination) {
    return destination.choose(SUBMISSIONS, REQUESTS);
  }

  /** What it is called, without what installations put before it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The variable that the template gives the table's name in. */
  String variable() {
    return name() + "_TABLE";
  }
}
