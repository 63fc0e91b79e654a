package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.operations.DayBooks;
import io.vestibule.staff.operations.DayBooks.Book;
import io.vestibule.staff.page.BooksView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The books of a day, or of the last seven: what became of all that came in. They are done when
 * somebody asks, and not with each look at a page, as each reads the tables once.
 */
final class BooksPage implements Section {

  static final String PATH = Place.OPERATIONS.path() + "/books";

  private final DayBooks books;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  BooksPage(DayBooks books, StaffAudit audit, Forms forms, StaffPages pages, Clock clock) {
    this.books = books;
    this.audit = audit;
    this.forms = forms;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return visit.request().path().equals(PATH) && visit.may(Right.OPERATE)
        ? Optional.of(show(visit, "", List.of()))
        : Optional.empty();
  }

  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return visit.request().path().equals(PATH)
        ? when(values).flatMap(it -> visit.acting(Right.OPERATE).map(role -> look(visit, role, it)))
        : Optional.empty();
  }

  private static Optional<String> when(ObjectNode values) {
    if (values.has(DayBooks.WEEK)) {
      return Optional.of(DayBooks.WEEK);
    }
    try {
      return Optional.of(LocalDate.parse(values.path("day").asText()).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Reply look(Visit visit, Roles.Acting acting, String when) {
    audit.lists(
        visit.session().in(acting.name()), "books " + when, visit.invocation(), clock.instant());
    return visit.ordered(pages, () -> show(visit, when, books.of(when)));
  }

  private Reply show(Visit visit, String when, List<Book> all) {
    var page = visit.page(pages, pages.language(visit.request()).text("staff.books"), false);
    var names = new FormNames(forms, page.page().wording().language());
    int expired = all.stream().mapToInt(Book::expired).sum();
    var said =
        when.isEmpty()
            ? ""
            : page.page().text("staff.books.never", Map.of("count", Integer.toString(expired)));
    var rows =
        all.stream()
            .map(
                it ->
                    new BooksView.Row(
                        forms.find(it.form()).isPresent() ? names.form(it.form()) : it.form(),
                        it.accepted(),
                        it.done(),
                        it.open(),
                        it.held(),
                        it.expired(),
                        it.erased()))
            .toList();
    var of = when.equals(DayBooks.WEEK) ? page.text("staff.books.week") : when;
    return pages.render(200, "books", page, new BooksView(of, said, rows));
  }
}
