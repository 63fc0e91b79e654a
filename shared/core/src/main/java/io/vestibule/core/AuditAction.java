package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be done with a customer, as the audit and the copies of people's data name it. */
public enum AuditAction {
  /** Stored for the first time. */
  CREATED,
  /** A later submission was added. */
  MERGED,
  /** The person got a copy. */
  DISCLOSED,
  /** The person withdrew a consent, or all. */
  WITHDRAWN,
  /** A legal hold was set. */
  HELD,
  /** A legal hold was lifted. */
  LIFTED,
  /** The person asked to be erased, and a legal hold forbade it. */
  KEPT,
  ERASED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #code} writes.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static AuditAction of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
