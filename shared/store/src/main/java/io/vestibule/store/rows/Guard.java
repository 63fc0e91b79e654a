package io.vestibule.store.rows;

import java.util.Set;

/**
 * One condition of a transition.
 *
 * @param name what it is called within its transition
 * @param expression a condition in which every attribute is written as {@code #name}
 * @param placeholder the value without which the condition is another; empty if there is none
 * @param otherwise the condition without that value; empty for none
 */
public record Guard(String name, String expression, String placeholder, String otherwise) {

  static Guard of(String name, String expression) {
    return new Guard(name, expression, "", "");
  }

  /** That a column is as it was read: the same value, or still absent. */
  static Guard asRead(String column, String placeholder) {
    return new Guard(
        column,
        "#%s = %s".formatted(column, placeholder),
        placeholder,
        "attribute_not_exists(#%s)".formatted(column));
  }

  /** A condition that is made only if its value is given. */
  static Guard ifGiven(String name, String expression, String placeholder) {
    return new Guard(name, expression, placeholder, "");
  }

  /**
   * The condition as it is sent; empty if none is.
   *
   * @param given the values that there are, each as {@code :name}
   */
  public String text(Set<String> given) {
    return placeholder.isEmpty() || given.contains(placeholder) ? expression : otherwise;
  }
}
