package io.vestibule.staff.page;

import java.util.List;

/** Whether the installation is as it should be. */
public record OperationsView(List<Run> runs, List<Checked> checks) {

  /** When something was done last. */
  public record Run(String name, String at) {}

  /**
   * Something that was looked at.
   *
   * @param state whether it is as it should be, in a word
   * @param cure what to do; empty if there is nothing to do
   */
  public record Checked(String name, String state, String cure) {}
}
