package io.vestibule.delivery.kind;

import io.vestibule.core.CustomerRecord.Consent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The consent that a target is told by.
 *
 * @param at when it was given, by a press; of a consent that came with another entry, when the form
 *     was handed in that asked for it
 * @param language of the words that the person agreed to (BCP 47)
 * @param isNew whether it came with the entry that is told
 */
public record OptIn(Instant at, String language, boolean isNew) {

  /**
   * A consent, as an entry tells of it.
   *
   * @param receivedAt when the entry was handed in
   * @param storedAt when it was stored, just after the press; its row says so, and somebody else
   *     may have written that, so what cannot be true is not believed
   */
  public static OptIn of(
      Consent consent, Instant receivedAt, Optional<Instant> storedAt, Instant now) {
    boolean isNew = millis(consent.at()).equals(millis(receivedAt));
    var pressedAt = storedAt.filter(it -> isNew && !it.isBefore(consent.at()) && !it.isAfter(now));
    return new OptIn(pressedAt.orElse(consent.at()), consent.language(), isNew);
  }

  /** Rows have no more of a time than that. */
  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
