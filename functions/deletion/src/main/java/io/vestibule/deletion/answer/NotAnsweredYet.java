package io.vestibule.deletion.answer;

/** A request is worked on, and not done: its record must come again. */
public final class NotAnsweredYet extends RuntimeException {
  NotAnsweredYet() {
    super("the request is not answered yet");
  }
}
