package io.vestibule.staff.page;

import java.util.List;

/**
 * An entry, as far as a role sees it.
 *
 * @param facts what is known of it besides
 * @param reply where a mail program writes an answer; empty if the role does not see to whom
 * @param from where it is moved from
 * @param moves what may be done with it; empty if nothing
 * @param roles to which it may be passed on; empty if to none
 * @param tags with which it is marked, or could be; empty if whoever sees it marks nothing
 * @param customer where all is that is known of whoever wrote it
 * @param reasons for which more of it may be seen; empty if there is no more
 */
public record EntryView(
    String state,
    List<Row> values,
    List<Row> consents,
    List<Row> facts,
    String reply,
    String from,
    List<ListView.Choice> moves,
    List<ListView.Choice> roles,
    List<ListView.Choice> tags,
    List<Choice> reasons,
    boolean masked,
    String customer) {

  /** A line of a table. */
  public record Row(String name, String value) {}

  /** A reason. */
  public record Choice(String value, String name) {}
}
