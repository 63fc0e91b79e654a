package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;

/** What is really there, broken on purpose: each check of it must notice what it is there for. */
final class Broken {

  private Broken() {}

  /**
   * A text with one fault in it.
   *
   * @param place the fault comes after its first occurrence
   * @param right what stands there
   */
  static String text(String text, String place, String right, String wrong) {
    int begin = text.indexOf(place);
    assertThat(begin).as(place).isNotNegative();
    int at = text.indexOf(right, begin + place.length());
    assertThat(at).as("%s after %s", right, place).isNotNegative();
    return text.substring(0, at) + wrong + text.substring(at + right.length());
  }
}
