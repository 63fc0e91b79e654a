package io.vestibule.staff.page;

import java.util.List;

/**
 * What people ask about their own data. Nobody was opened for it.
 *
 * @param file where the same is for keeping
 * @param later where the next page is; empty if this is the last
 */
public record RequestsView(List<Row> rows, String file, String later) {

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
