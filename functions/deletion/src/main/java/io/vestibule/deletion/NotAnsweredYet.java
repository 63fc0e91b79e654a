package io.vestibule.deletion;

/** A request is worked on, and not done: its record must come again. */
final class NotAnsweredYet extends RuntimeException {
  NotAnsweredYet() {
    super("the request is not answered yet");
  }
}
