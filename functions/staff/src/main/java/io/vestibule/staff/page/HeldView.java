package io.vestibule.staff.page;

import java.util.List;

/**
 * What is held, by reason. Nobody was opened for it.
 *
 * @param more whether there are more than were counted
 */
public record HeldView(List<Reason> reasons, boolean more) {

  /**
   * A reason.
   *
   * @param what it says, and what to do
   */
  public record Reason(String name, String what, String count, String href) {}
}
