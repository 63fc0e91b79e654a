package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.list.Find;
import io.vestibule.staff.list.Listed;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.SearchView;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Finds who wrote, by address, telephone, name, company or number. What is typed is posted: an
 * address of a page stays in browsers and logs. Only the number of an entry, which says nothing of
 * a person, may stand there.
 */
final class Search implements Section {

  private static final int LONGEST = 200;

  private final Find find;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  Search(Find find, StaffAudit audit, Forms forms, StaffPages pages, Clock clock) {
    this.find = find;
    this.audit = audit;
    this.forms = forms;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return isHere(visit) ? visit.acting(Right.SEARCH).map(it -> read(visit, it)) : Optional.empty();
  }

  /** Whoever put something personal into the address is led away from it. */
  private Reply read(Visit visit, Roles.Acting acting) {
    var asked = visit.request().query("q");
    if (asked.isEmpty()) {
      return show(visit, "", List.of(), "");
    }
    return find.isNumber(asked.get())
        ? found(visit, acting, asked.get())
        : Reply.seeOther(visit.page(pages, "", false).to(Place.SEARCH.path()));
  }

  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    var typed = values.path("q").asText().strip();
    return isHere(visit) && typed.length() <= LONGEST
        ? visit.acting(Right.SEARCH).map(it -> found(visit, it, typed))
        : Optional.empty();
  }

  private static boolean isHere(Visit visit) {
    return visit.request().path().equals(Place.SEARCH.path());
  }

  /** The audit has that somebody looked for somebody, and not for whom. */
  private Reply found(Visit visit, Roles.Acting acting, String typed) {
    audit.lists(visit.session().in(acting.name()), "search", visit.invocation(), clock.instant());
    var language = pages.language(visit.request()).language();
    var found = find.run(typed, acting.role(), language);
    var said =
        found.hits().isEmpty() ? "staff.found.none" : found.isAll() ? "" : "staff.found.more";
    return show(visit, typed, found.hits(), said);
  }

  private Reply show(Visit visit, String typed, List<Listed> hits, String said) {
    var page = visit.page(pages, pages.language(visit.request()).text("staff.search"), false);
    var names = new FormNames(forms, page.page().wording().language());
    return pages.render(
        200,
        "search",
        page,
        new SearchView(
            typed, ListRows.of(hits, names, page), said.isEmpty() ? "" : page.text(said)));
  }
}
