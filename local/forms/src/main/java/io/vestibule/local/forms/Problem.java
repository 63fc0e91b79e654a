package io.vestibule.local.forms;

import java.util.Comparator;

/**
 * Something that is wrong with a file.
 *
 * @param file its path in the project, such as {@code shared/forms/contact.json}
 * @param line from 1
 * @param sentence what is wrong, and what is allowed
 */
public record Problem(String file, int line, String sentence) implements Comparable<Problem> {

  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparing(Problem::sentence);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s:%d: %s".formatted(file, line, sentence);
  }
}
