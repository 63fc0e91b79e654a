package io.vestibule.staff.page;

import java.util.List;

/**
 * How it goes with the targets.
 *
 * @param ordered whether an order was just given
 */
public record DeliveriesView(boolean ordered, List<Lane> lanes) {

  /**
   * A target's lane.
   *
   * @param state in a sentence
   * @param waiting what is still to be told
   */
  public record Lane(
      String target, boolean stopped, String state, String waiting, List<Failure> failures) {}

  /** What was not told, for one reason. */
  public record Failure(String count, String sentence) {}
}
