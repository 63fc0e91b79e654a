package io.vestibule.staff.page;

import java.util.List;

/**
 * Whether the installation is as it should be.
 *
 * @param red the alarms that have gone off, each with what it says, which is English
 * @param runs when something was done last
 * @param drills what each found
 * @param keys how old they are
 */
public record OperationsView(
    List<Checked> checks, List<Fact> red, List<Fact> runs, List<Checked> drills, List<Fact> keys) {

  /** Something that there is to know. */
  public record Fact(String name, String value) {}

  /**
   * Something that was looked at.
   *
   * @param ok whether it is as it should be
   * @param state the same in a word
   * @param cure what to do, or what was found; may be empty
   * @param english why, where only the code and its reports say it, in English; may be empty
   */
  public record Checked(String name, boolean ok, String state, String cure, String english) {}
}
