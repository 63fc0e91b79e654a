package io.vestibule.staff.page;

import java.util.List;

/**
 * A page of a list. Nobody was opened for it.
 *
 * @param states the lists that there are
 * @param choices by which it is filtered
 * @param older where the next page is; empty if this is the last
 * @param moves what may be done with those that are picked; empty if nothing
 */
public record ListView(
    List<State> states, Choices choices, List<Row> rows, String older, List<Move> moves) {

  /** A list by its state. */
  public record State(String name, String href, boolean here) {}

  /**
   * An entry.
   *
   * @param who empty if nobody knows without opening it
   * @param says how the message begins; empty if there is none
   * @param customer where all is that is known of whoever wrote it
   */
  public record Row(
      String id,
      String number,
      String who,
      String says,
      String form,
      String at,
      String href,
      String customer) {}

  /** What may be chosen. */
  public record Choices(String state, List<Choice> forms, List<Choice> months) {}

  /** One of them. */
  public record Choice(String value, String name, boolean chosen) {}

  /** A button. */
  public record Move(String to, String name) {}
}
