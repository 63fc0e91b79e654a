package io.vestibule.staff.page;

import java.util.List;

/**
 * One that is held, as far as a role sees it.
 *
 * @param what the reason says, and what to do
 * @param reason its word
 * @param values what somebody handed in
 * @param facts what is known of it besides
 * @param reasons for which more of it may be seen; empty if there is no more
 * @param isReadable whether it could be opened
 * @param decides whether the person may decide about it
 * @param waits whether it waits for a second person, who confirms it
 * @param confirms whether this person may
 * @param customer where the page is of the customer for whom it was entered; empty if none is known
 */
public record HeldRowView(
    String name,
    String what,
    String reason,
    List<EntryView.Row> values,
    List<EntryView.Row> facts,
    List<EntryView.Choice> reasons,
    boolean masked,
    boolean isReadable,
    boolean decides,
    boolean waits,
    boolean confirms,
    String customer) {}
