package io.vestibule.staff.lookups;

import java.util.Map;

/** What a run of LookupsFunction is to do. */
enum LookupsOrder {
  /** What is missing, or is of before: {@code {}}. */
  MISSING,
  /** Everything, as after somebody has written to the table: {@code {"make":"again"}}. */
  ALL;

  /**
   * Reads an order strictly, as people write it by hand.
   *
   * @throws IllegalArgumentException it says nothing that there is
   */
  static LookupsOrder read(Map<String, String> event) {
    if (event.isEmpty()) {
      return MISSING;
    }
    if (event.equals(Map.of("make", "again"))) {
      return ALL;
    }
    throw new IllegalArgumentException("The event is neither {} nor {\"make\":\"again\"}");
  }
}
