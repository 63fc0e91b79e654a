package io.vestibule.staff.page;

import java.util.List;

/**
 * All that is known of a customer, as far as a role sees it.
 *
 * @param facts what is known of them besides what they wrote
 * @param values each with where it comes from
 * @param consents each with its words
 * @param moreEntries whether there are older ones
 * @param looks who looked
 * @param notes what was written down
 * @param moreNotes whether there are older ones
 * @param hold why they may not be erased; empty if they may
 * @param reply where a mail program writes an answer; empty if the role does not see to whom
 * @param asks what can be entered for them, by who may
 * @param reasons for which more may be seen; empty if there is no more
 */
public record CustomerView(
    List<Line> facts,
    List<Line> values,
    List<Agreed> consents,
    List<Entry> entries,
    boolean moreEntries,
    List<Line> passedOn,
    List<Look> looks,
    List<Line> notes,
    boolean moreNotes,
    String hold,
    String reply,
    List<EntryView.Choice> reasons,
    boolean masked,
    Offered offered,
    Asks asks) {

  /**
   * What whoever sees it may do here.
   *
   * @param colleagues see which of their colleagues it was who did something
   * @param hold set and lift legal holds
   * @param note write something down
   * @param ask enter what they ask about their own data
   * @param once what makes a note or a request of this page one, however often it is sent
   */
  public record Offered(boolean colleagues, boolean hold, boolean note, boolean ask, String once) {}

  /**
   * What can be entered for them.
   *
   * @param deeds what they can ask for
   * @param channels how it can have come
   * @param checks how it can have been made sure that it was they
   */
  public record Asks(
      List<EntryView.Choice> deeds,
      List<EntryView.Choice> channels,
      List<EntryView.Choice> checks) {}

  /**
   * A line of a table.
   *
   * @param about where it comes from, and when; empty if that is nothing
   */
  public record Line(String name, String value, String about) {}

  /**
   * A consent.
   *
   * @param language of its words
   */
  public record Agreed(String name, String words, String language, String about) {}

  /**
   * Something that they handed in.
   *
   * @param state how far staff are with it, and what they have marked it with
   */
  public record Entry(String number, String form, String at, String state, String href) {}

  /**
   * That somebody looked.
   *
   * @param who empty if the role does not see it
   */
  public record Look(String at, String role, String reason, String who) {}
}
