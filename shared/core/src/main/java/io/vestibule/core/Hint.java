package io.vestibule.core;

/**
 * Why a post may come from a machine. A hint decides nothing at the door: the function that opens
 * the submission decides, and the sender is not told.
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
