package io.vestibule.staff;

import io.vestibule.core.EntryId;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.list.Cards;
import io.vestibule.staff.list.Filter;
import io.vestibule.staff.list.Listed;
import io.vestibule.staff.page.CustomersView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Span;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** All customers, those first whose message is the newest. Nobody is opened for it. */
final class CustomersList implements Section {

  private static final int PAGE = 50;

  private final Lookups lookups;
  private final Cards cards;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  CustomersList(
      Lookups lookups, Cards cards, StaffAudit audit, Forms forms, StaffPages pages, Clock clock) {
    this.lookups = lookups;
    this.cards = cards;
    this.audit = audit;
    this.forms = forms;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return visit.request().path().equals(Place.CUSTOMERS.path())
        ? visit.acting(Right.LIST).map(it -> show(visit, it))
        : Optional.empty();
  }

  private Reply show(Visit visit, Roles.Acting acting) {
    audit.lists(
        visit.session().in(acting.name()), "customers", visit.invocation(), clock.instant());
    var page = visit.page(pages, pages.language(visit.request()).text("staff.customers"), false);
    var names = new FormNames(forms, page.page().wording().language());
    var span = Filter.before(visit.request()).map(Span.ALL::before).orElse(Span.ALL);
    var customers = lookups.customers(span, PAGE);
    var seen = cards.of(customers.places(), acting.role(), names.language());
    var found =
        customers.places().stream()
            .map(seen::get)
            .filter(Objects::nonNull)
            .map(Listed::of)
            .toList();
    return pages.render(
        200,
        "customers",
        page,
        new CustomersView(
            ListRows.of(found, names, page),
            customers.last().map(it -> older(it, found, page)).orElse("")));
  }

  /** Of a customer whom the role does not see it says no more than when something came in. */
  private static String older(EntryId last, List<Listed> found, StaffPage page) {
    boolean isSeen = found.stream().anyMatch(it -> it.entryId().equals(last));
    var cursor = isSeen ? last : EntryId.last(last.receivedAt());
    return page.to(Place.CUSTOMERS.path() + "?before=" + cursor);
  }
}
