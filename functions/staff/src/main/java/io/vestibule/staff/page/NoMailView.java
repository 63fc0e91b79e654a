package io.vestibule.staff.page;

import java.util.List;

/**
 * Why somebody got no mail.
 *
 * @param typed the address; empty if none was
 * @param stopped that the mailbox gets no mail, and what to do; empty if it gets some
 * @param rows what was entered with it, the newest first
 * @param said a sentence about all of it; empty if there is nothing to say
 */
public record NoMailView(String typed, String stopped, List<Row> rows, String said) {

  /**
   * What was entered.
   *
   * @param state in a word
   * @param what what that means, and what to do
   * @param href where it is opened; empty if it is not
   */
  public record Row(
      String number, String form, String at, String state, String what, String href) {}
}
