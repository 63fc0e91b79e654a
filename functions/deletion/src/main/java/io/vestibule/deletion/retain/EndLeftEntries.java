package io.vestibule.deletion.retain;

import io.vestibule.core.Deadline;
import io.vestibule.deletion.erase.SweepRows;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Notes;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes entries, and notes, that are left of somebody who was erased, and that nobody can read
 * any more: by a version that knew of no entries, after a roll-back, or because a restore died
 * before it had looked once more who was erased.
 *
 * <p>That somebody has no key tells nothing: it may be about to be recovered. The table of erasures
 * alone says who was erased. But nobody loses an entry by a row that somebody has put there: who
 * has a key, or a record, was not erased.
 */
public final class EndLeftEntries {

  private final ErasedNumbers erasedNumbers;
  private final Identities identities;
  private final Customers customers;
  private final Entries entries;
  private final Notes notes;
  private final SweepRows sweepRows;

  public EndLeftEntries(
      ErasedNumbers erasedNumbers,
      Identities identities,
      Customers customers,
      Entries entries,
      Notes notes,
      SweepRows sweepRows) {
    this.erasedNumbers = erasedNumbers;
    this.identities = identities;
    this.customers = customers;
    this.entries = entries;
    this.notes = notes;
    this.sweepRows = sweepRows;
  }

  /**
   * Looks once through the numbers of all entries and notes.
   *
   * @param deadline until when it may go on; the next run goes on from there
   * @param oneByOne keeps one number that fails from keeping up the others
   * @return how many entries were deleted
   */
  public int run(Deadline deadline, OneByOne oneByOne) {
    int deleted = 0;
    for (String number : found(deadline)) {
      if (deadline.isOver()) {
        break;
      }
      deleted += oneByOne.attempt(() -> delete(number, deadline), 0);
    }
    return deleted;
  }

  /** Who is in the table of erasures, and has entries, or notes. */
  private Set<String> found(Deadline deadline) {
    var found = new LinkedHashSet<String>();
    Set<String> erased = deadline.isOver() ? Set.of() : erasedNumbers.all();
    if (!erased.isEmpty()) {
      find(entries.owners(), erased, deadline, found);
      find(notes.owners(), erased, deadline, found);
    }
    return found;
  }

  private static void find(
      Iterator<List<String>> pages, Set<String> erased, Deadline deadline, Set<String> found) {
    while (pages.hasNext() && !deadline.isOver()) {
      pages.next().stream().filter(erased::contains).forEach(found::add);
    }
  }

  private int delete(String number, Deadline deadline) {
    var erasure = erasedNumbers.find(number);
    if (erasure.isEmpty()
        || !identities.emailIndexesOf(number).isEmpty()
        || customers.find(number).isPresent()) {
      return 0;
    }
    int before = sweepRows.countEntries(number);
    boolean areAllGone = sweepRows.sweepNumber(erasure.get(), number, deadline);
    return areAllGone ? before : before - sweepRows.countEntries(number);
  }
}
