package io.vestibule.core;

/**
 * Why a post may come from a machine. A hint decides nothing at the door: the function that opens
 * the submission decides, and the sender is not told. Only a browser's page that came back too soon
 * is not taken, and is shown once more: that hint is of programs.
 */
public enum Hint {
  /** A field was filled in that people neither see nor reach. */
  HONEYPOT("honeypot"),
  /** It was sent sooner after its page was made than anybody reads and types. */
  HASTY("hasty"),
  /** It came without the work that its form asks for at this time. */
  NO_WORK("no-work");

  private final String code;

  Hint(String code) {
    this.code = code;
  }

  /** The word that the table holds. */
  public String code() {
    return code;
  }
}
