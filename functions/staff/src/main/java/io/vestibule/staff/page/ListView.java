package io.vestibule.staff.page;

import java.util.List;

/**
 * A page of a list. Nobody was opened for it.
 *
 * @param states the lists that there are
 * @param older where the next page is; empty if this is the last
 */
public record ListView(List<State> states, List<Row> rows, String older) {

  /** A list by its state. */
  public record State(String name, String href, boolean here) {}

  /** An entry. */
  public record Row(String number, String form, String at, String href) {}
}
