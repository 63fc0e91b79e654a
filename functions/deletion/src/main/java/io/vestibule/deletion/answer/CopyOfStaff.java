package io.vestibule.deletion.answer;

import io.vestibule.core.DataCopy;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownNotes;
import io.vestibule.keys.KnownNotes.KnownNote;
import io.vestibule.store.audit.StaffLooks;
import java.util.List;

/** What the business's people had to do with somebody, for the copy of their data. */
public final class CopyOfStaff {

  /** The page must fit in Lambda's 6 MB. */
  private static final int MOST_LOOKS = 1_000;

  private final StaffLooks staffLooks;
  private final KnownNotes notes;

  public CopyOfStaff(StaffLooks staffLooks, KnownNotes notes) {
    this.staffLooks = staffLooks;
    this.notes = notes;
  }

  /**
   * What there was.
   *
   * @param looks the newest first
   * @param areMoreLooks whether there are more than fit
   * @param notes the newest first
   * @param areMoreNotes whether there are more than fit
   */
  record Told(
      List<DataCopy.Look> looks,
      boolean areMoreLooks,
      List<DataCopy.Note> notes,
      boolean areMoreNotes) {

    static final Told NONE = new Told(List.of(), false, List.of(), false);
  }

  Told of(KnownCustomer customer) throws KnownCustomers.Unreadable {
    var looks =
        staffLooks
            .of(customer.customerId())
            .limit(MOST_LOOKS + 1)
            .map(it -> new DataCopy.Look(it.at(), it.role(), it.reason(), it.name().orElse(null)))
            .toList();
    var noted = notes.of(customer);
    boolean areMore = looks.size() > MOST_LOOKS;
    return new Told(
        areMore ? looks.subList(0, MOST_LOOKS) : looks,
        areMore,
        noted.notes().stream().map(CopyOfStaff::told).toList(),
        noted.areMore());
  }

  private static DataCopy.Note told(KnownNote known) {
    var note = known.note();
    return new DataCopy.Note(
        known.row().createdAt(),
        note.kind(),
        note.on(),
        note.text(),
        note.role(),
        note.name(),
        note.unknown());
  }
}
