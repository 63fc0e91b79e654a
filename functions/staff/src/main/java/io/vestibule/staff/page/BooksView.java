package io.vestibule.staff.page;

import java.util.List;

/**
 * What became of all that came in.
 *
 * @param of which days; empty if nobody has asked yet
 * @param said how much of it nobody confirmed
 */
public record BooksView(String of, String said, List<Row> rows) {

  /** A form. */
  public record Row(
      String form, int accepted, int done, int open, int held, int expired, int erased) {}
}
