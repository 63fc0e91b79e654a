package io.vestibule.staff.page;

import java.util.List;

/**
 * What people ask about their own data. Nobody was opened for it.
 *
 * @param file where the same is for keeping
 * @param years the same of a year
 * @param later where the next page is; empty if this is the last
 */
public record RequestsView(List<Row> rows, String file, List<Year> years, String later) {

  /** The file of a year (UTC). */
  public record Year(int year, String file) {}

  /**
   * A request.
   *
   * @param left how long there is for an answer
   * @param isUrgent whether that is less than a week
   * @param href of its page, if it is held; else empty
   */
  public record Row(
      String asked, String received, String left, boolean isUrgent, String state, String href) {}
}
