package io.vestibule.staff.page;

import java.util.List;

/**
 * Some that are held for one reason. Nobody was opened for it.
 *
 * @param what the reason says, and what to do
 * @param reason its word
 * @param rows of this page
 * @param decides whether any of them can be decided about here
 * @param later where the next page is; empty if this is the last
 */
public record HeldListView(
    String what, String reason, List<Row> rows, boolean decides, String later) {

  /**
   * One of them.
   *
   * @param decides whether the person may decide about it here
   * @param ends when it ends by itself; empty if it does not
   */
  public record Row(
      String id,
      String number,
      String form,
      String at,
      String ends,
      boolean isConfirmed,
      String href,
      boolean decides) {}
}
