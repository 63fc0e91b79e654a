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
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Part;
import io.vestibule.store.people.Span;
import io.vestibule.web.FormNames;
import io.vestibule.web.Links;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** All customers, those first whose message is the newest. Nobody is opened for it. */
final class CustomersList implements Section {

  private static final int PAGE = 50;

  private final Entries entries;
  private final Lookups lookups;
  private final Cards cards;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  CustomersList(
      Entries entries,
      Lookups lookups,
      Cards cards,
      StaffAudit audit,
      Forms forms,
      StaffPages pages,
      Clock clock) {
    this.entries = entries;
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
    var tag = Filter.tag(visit.request(), visit.roles().tags());
    audit.lists(
        visit.session().in(acting.name()),
        "customers" + tag.map(it -> " tag=" + it).orElse(""),
        visit.invocation(),
        clock.instant());
    var page = visit.page(pages, pages.language(visit.request()).text("staff.customers"), false);
    var names = new FormNames(forms, page.page().wording().language());
    var span = Filter.before(visit.request()).map(Span.ALL::before).orElse(Span.ALL);
    var part = part(tag, span);
    var seen = cards.of(part.found(), acting.role(), names.language());
    var found =
        part.found().stream().map(seen::get).filter(Objects::nonNull).map(Listed::of).toList();
    return pages.render(
        200,
        "customers",
        page,
        new CustomersView(
            Lists.tags(visit, tag, page),
            ListRows.of(found, names, page),
            part.last().map(it -> older(Lists.cursor(it, found), tag, page)).orElse("")));
  }

  /** All customers by their newest message, or those who sent one that is marked, by that one. */
  private Part<Lookups.Place> part(Optional<String> tag, Span span) {
    if (tag.isEmpty()) {
      return lookups.customers(span, PAGE);
    }
    var lists =
        Arrays.stream(EntryState.values()).map(it -> CardRow.tagged(tag.get(), it)).toList();
    var part = lookups.inLists(lists, span, PAGE);
    return new Part<>(
        entries.marked(part.found()).stream()
            .filter(it -> it.standing().tags().contains(tag.get()))
            .map(it -> Lookups.Place.of(it.listed()))
            .toList(),
        part.last());
  }

  private static String older(EntryId cursor, Optional<String> tag, StaffPage page) {
    var query = new LinkedHashMap<>(Map.of("before", cursor.value()));
    tag.ifPresent(it -> query.put("tag", it));
    return page.to(Links.withQuery(Place.CUSTOMERS.path(), query));
  }
}
