package io.vestibule.staff.list;

import io.vestibule.core.EntryId;
import io.vestibule.staff.list.Cards.Seen;

/**
 * An entry in a list.
 *
 * @param customer under whose number it lies
 * @param form as the row says, which nobody has checked
 * @param who empty if there is no card, or none for the role
 * @param says likewise
 */
public record Listed(EntryId entryId, String customer, String form, String who, String says) {

  /** The entry that a card is made of. */
  public static Listed of(Seen seen) {
    var row = seen.row();
    return new Listed(row.at(), row.customerId(), row.form(), seen.who(), seen.says());
  }
}
