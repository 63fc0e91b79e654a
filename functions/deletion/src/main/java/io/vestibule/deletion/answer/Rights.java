package io.vestibule.deletion.answer;

import io.vestibule.core.Law;

/**
 * What gives people the right to what they ask for, as a receipt cites it.
 *
 * @param erasure to be erased
 * @param withdrawal to take a consent back
 */
public record Rights(String erasure, String withdrawal) {

  public static Rights under(Law law) {
    return switch (law) {
      case GDPR -> new Rights("GDPR, art. 17", "GDPR, art. 7(3)");
      case CCPA -> new Rights("Cal. Civ. Code § 1798.105", "Cal. Civ. Code § 1798.120");
      case PIPL -> new Rights("PIPL, art. 47", "PIPL, art. 15");
    };
  }
}
