package io.vestibule.staff.held;

import java.util.Arrays;
import java.util.Optional;

/** What can be decided about what is held. */
public enum Decision {
  /** It goes on from where it was. */
  RELEASE("release", "released"),
  /** It ends, and its content goes. */
  REJECT("reject", "rejected");

  private final String code;
  private final String outcome;

  Decision(String code, String outcome) {
    this.code = code;
    this.outcome = outcome;
  }

  /** As orders and forms name it. */
  public String code() {
    return code;
  }

  /** What is told of one that it was carried out for. */
  String outcome() {
    return outcome;
  }

  /** Reads such a word; empty if it is none. */
  public static Optional<Decision> of(String code) {
    return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
  }
}
