package io.vestibule.core.forms;

/** What a definition must keep, or it defines nothing. */
final class Require {

  private Require() {}

  /**
   * Refuses a definition.
   *
   * @param sentence which member is wrong, and what is allowed there; with a {@code %s} for each of
   *     the values
   * @throws IllegalArgumentException unless the condition holds
   */
  static void that(boolean condition, String sentence, String... values) {
    if (!condition) {
      throw new IllegalArgumentException(
          values.length == 0 ? sentence : sentence.formatted((Object[]) values));
    }
  }
}
