package io.vestibule.staff.customer;

import io.vestibule.store.audit.StaffLooks.Look;
import io.vestibule.store.people.Entries.Summary;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a customer, as far as a role sees it: nothing of it came by a form that the
 * role has nothing to do with.
 *
 * @param confirmedAt when the address was last confirmed
 * @param address whom to reply to, if the role sees it
 * @param values the newest of each field, each followed by what the field had before
 * @param entries the newest first
 * @param moreEntries whether there are older ones that were not looked at
 * @param passedOn who was told of the customer
 * @param looks who looked, the newest first
 * @param notes what was written down, the newest first
 * @param moreNotes whether there are older ones that are not shown
 * @param masked whether anything is masked
 */
public record SeenCustomer(
    String number,
    Instant since,
    Instant confirmedAt,
    Optional<String> address,
    List<Value> values,
    List<Agreed> consents,
    List<Summary> entries,
    boolean moreEntries,
    List<Recipient> passedOn,
    List<Look> looks,
    Optional<Held> hold,
    List<Noted> notes,
    boolean moreNotes,
    boolean masked) {

  /**
   * A value.
   *
   * @param form by which it came
   * @param source the origin of the page that the form stood on; empty if unknown
   * @param isFormer whether a later one has come since
   */
  public record Value(
      String field, String form, String text, String source, Instant at, boolean isFormer) {}

  /**
   * A consent that was given.
   *
   * @param words what was shown and agreed to; empty if nobody knows them any more
   * @param language of the words
   * @param stands whether it has not been withdrawn since
   */
  public record Agreed(
      String name,
      String form,
      String version,
      String words,
      String language,
      Instant at,
      boolean stands) {}

  /**
   * Something that was written down.
   *
   * @param reachedOn the day on which they were reached by phone
   * @param by who wrote it, as the provider names them
   */
  public record Noted(
      Instant at, Optional<LocalDate> reachedOn, String text, String role, String by) {}

  /** That the customer may not be erased, and why. */
  public record Held(String ground, Instant at) {}
}
