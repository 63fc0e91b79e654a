package io.vestibule.local.partners;

/** What Fxiaoke refuses: only the number is for programs. */
final class FxiaokeRefusal extends Exception {

  private static final long serialVersionUID = 1;

  private final int code;
  private final String said;

  FxiaokeRefusal(int code, String message) {
    super(message);
    this.code = code;
    this.said = message;
  }

  /** For people. */
  String said() {
    return said;
  }

  int code() {
    return code;
  }
}
