package io.vestibule.deletion.erase;

import io.vestibule.core.Deadline;
import io.vestibule.core.WorkThreads;
import io.vestibule.store.Erasure;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Notes;
import io.vestibule.store.rows.RowsByEmail;
import io.vestibule.store.rows.RowsByEmail.Row;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/**
 * Empties the rows of a person who is erased, and deletes their entries, as many as there is time
 * for.
 *
 * <p>Anybody can hand in thousands in somebody's name. A row that is emptied leaves the index by
 * which it was found. So the next run finds only what is left, and even a run that has no time gets
 * further by one batch.
 */
public final class SweepRows {

  /** Between two looks at the clock: a tenth of a second, or some seconds when AWS is slow. */
  private static final int BATCH = 10;

  /** As many as the JDK keeps connections to a host. */
  private static final int AT_A_TIME = 5;

  private final RowsByEmail submissions;
  private final RowsByEmail requests;
  private final Disclosures disclosures;
  private final OfNumber ofNumber;
  private final Clock clock;

  /** What stands under a customer's number, and not under their address. */
  public record OfNumber(
      Entries entries, Notes notes, Optional<Lookups> lookups, PassedOn passedOn) {}

  public SweepRows(
      RowsByEmail submissions,
      RowsByEmail requests,
      Disclosures disclosures,
      OfNumber ofNumber,
      Clock clock) {
    this.submissions = submissions;
    this.requests = requests;
    this.disclosures = disclosures;
    this.ofNumber = ofNumber;
    this.clock = clock;
  }

  /**
   * Empties rows until there are none, or the time is over.
   *
   * @return whether there are none left
   */
  boolean sweep(Erasure erasure, Deadline deadline) {
    var index = erasure.emailIndex();
    return each(
            submissions.createdUntil(index, erasure.erasedAt()),
            row -> submissions.erase(row.id(), index, clock.instant()),
            deadline)
        && each(
            requests.createdUntil(index, erasure.erasedAt()),
            row -> eraseRequest(row, index),
            deadline)
        && erasure.customerId().map(it -> sweepNumber(erasure, it, deadline)).orElse(true);
  }

  /** How many entries a customer has: as many will go. */
  public int countEntries(String customerId) {
    return ofNumber.entries().count(customerId);
  }

  /**
   * Deletes the entries of a number that is erased, what staff found them by, and the notes about
   * it, and has everybody told who was told of them: nobody can add to any of these any more.
   * Lookups go last, as who makes them checks that the entry is there.
   *
   * @return whether there are none left
   */
  public boolean sweepNumber(Erasure erasure, String customerId, Deadline deadline) {
    ofNumber.passedOn().erase(erasure, customerId);
    var lookups = ofNumber.lookups();
    return each(ofNumber.notes().pages(customerId), ofNumber.notes()::delete, deadline)
        && each(ofNumber.entries().pages(customerId), ofNumber.entries()::delete, deadline)
        && lookups.map(it -> each(it.pages(customerId), it::delete, deadline)).orElse(true);
  }

  private static <T> boolean each(Iterator<List<T>> pages, Consumer<T> deed, Deadline deadline) {
    while (pages.hasNext()) {
      var batches = pages.next().stream().gather(Gatherers.windowFixed(BATCH)).iterator();
      boolean isLeft = batches.hasNext();
      while (isLeft) {
        atOnce(batches.next(), deed);
        isLeft = batches.hasNext();
        if (isLeft && deadline.isOver()) {
          return false;
        }
      }
      // A page may have no row of ours: whoever comes after the erasure may be a flood, too.
      if (pages.hasNext() && deadline.isOver()) {
        return false;
      }
    }
    return true;
  }

  private static <T> void atOnce(List<T> rows, Consumer<T> deed) {
    try {
      rows.stream()
          .gather(
              WorkThreads.map(
                  AT_A_TIME,
                  row -> {
                    deed.accept(row);
                    return row;
                  }))
          .forEach(_ -> {});
    } catch (RuntimeException e) {
      // The gatherer wraps whatever it was; what ends a process must not pass for a failed row.
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private void eraseRequest(Row row, String emailIndex) {
    // Nearly all rows of a flood are unconfirmed: there is no copy to look for.
    if (requests.eraseUnconfirmed(row.id(), emailIndex, clock.instant())) {
      return;
    }
    // The copy first: once the row is emptied, nobody finds it here any more.
    disclosures.delete(row.id());
    requests.erase(row.id(), emailIndex, clock.instant());
  }
}
