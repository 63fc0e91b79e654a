package io.vestibule.core;

/**
 * What about a post smells of a machine. A hint decides nothing: whoever opens the submission
 * decides, and nobody who posts is told.
 */
public enum Hint {
  /** A field was filled in that people neither see nor reach. */
  HONEYPOT("honeypot"),
  /** It was sent sooner after its page was made than anybody reads and types. */
  HASTY("hasty");

  private final String code;

  Hint(String code) {
    this.code = code;
  }

  /** The word that the table holds. */
  public String code() {
    return code;
  }
}
