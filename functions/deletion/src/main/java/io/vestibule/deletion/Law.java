package io.vestibule.deletion;

/** The law that gives people the right to what they ask for, as a receipt cites it. */
enum Law {
  GDPR("GDPR, art. 17", "GDPR, art. 15", "GDPR, art. 7(3)"),
  CCPA("Cal. Civ. Code § 1798.105", "Cal. Civ. Code § 1798.110", "Cal. Civ. Code § 1798.120"),
  PIPL("PIPL, art. 47", "PIPL, art. 45", "PIPL, art. 15");

  private final String erasure;
  private final String access;
  private final String withdrawal;

  Law(String erasure, String access, String withdrawal) {
    this.erasure = erasure;
    this.access = access;
    this.withdrawal = withdrawal;
  }

  /** The right to be erased. */
  String erasure() {
    return erasure;
  }

  /** The right to know what is held. */
  String access() {
    return access;
  }

  /** The right to take a consent back. */
  String withdrawal() {
    return withdrawal;
  }
}
