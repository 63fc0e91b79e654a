package io.vestibule.upkeep;

import io.vestibule.core.forms.Forms;
import io.vestibule.store.rows.SubmissionLedger;
import io.vestibule.store.rows.SubmissionLedger.Entry;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;

/** Does the books of days: what has become of everything that was accepted. */
final class KeepBooks {

  /**
   * Stands for every form that is not deployed: one that was taken away since, or a name that
   * somebody made up who can write to the table. Such a name must not become a metric.
   */
  static final String UNKNOWN_FORM = "(unknown)";

  private final List<SubmissionLedger> ledgers;
  private final Forms forms;

  KeepBooks(List<SubmissionLedger> ledgers, Forms forms) {
    this.ledgers = List.copyOf(ledgers);
    this.forms = forms;
  }

  /** The book of each form that has accepted something on that day (UTC), sorted by name. */
  List<DayBook> of(LocalDate day) {
    return of(day, 1);
  }

  /** The same of several days as one, which is called by the first of them. */
  List<DayBook> of(LocalDate day, int days) {
    var from = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    var to = day.plusDays(days).atStartOfDay().toInstant(ZoneOffset.UTC);
    var books = new TreeMap<String, DayBook>();
    for (var ledger : ledgers) {
      ledger
          .count(from, to)
          .forEach(
              (entry, rows) ->
                  books.compute(
                      name(entry),
                      (form, book) ->
                          (book == null ? DayBook.empty(form, day) : book)
                              .plus(entry.status(), rows)));
    }
    return List.copyOf(books.values());
  }

  private String name(Entry entry) {
    return forms.find(entry.form()).isPresent() ? entry.form() : UNKNOWN_FORM;
  }
}
