package io.vestibule.staff.page;

import java.util.List;

/**
 * How much there is of what.
 *
 * @param lines each leads to its list, if the person may see it
 */
public record TodayView(List<Line> lines) {

  /**
   * A number.
   *
   * @param count with a plus sign if there are more
   * @param href empty if it leads nowhere
   */
  public record Line(String name, String count, String href) {}
}
