package io.vestibule.web;

/** A body is not what its Content-Type says, or has something in it that we do not take. */
final class UnreadableBody extends Exception {

  private final Problem.Type reason;

  UnreadableBody(Problem.Type reason) {
    this.reason = reason;
  }

  static UnreadableBody malformed() {
    return new UnreadableBody(Problem.Type.MALFORMED);
  }

  Problem.Type reason() {
    return reason;
  }
}
