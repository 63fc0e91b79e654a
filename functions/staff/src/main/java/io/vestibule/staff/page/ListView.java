package io.vestibule.staff.page;

import java.util.List;

/**
 * A page of a list. Nobody was opened for it.
 *
 * @param states the lists that there are
 * @param choices by which it is filtered
 * @param older where the next page is; empty if this is the last
 * @param moves what may be done with those that are picked; empty if nothing
 * @param roles to which they may be passed on; empty if to none
 */
public record ListView(
    List<State> states,
    Choices choices,
    List<Row> rows,
    String older,
    List<Choice> moves,
    List<Choice> roles) {

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

  /**
   * What may be chosen.
   *
   * @param from what those that are picked are moved from
   * @param whose only what is seen to so; empty for all
   */
  public record Choices(
      String state,
      String from,
      String whose,
      List<Choice> forms,
      List<Choice> months,
      List<Choice> tags) {}

  /** One of them, or a button. */
  public record Choice(String value, String name, boolean chosen) {}
}
