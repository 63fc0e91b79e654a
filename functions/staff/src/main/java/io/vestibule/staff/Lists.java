package io.vestibule.staff;

import io.vestibule.core.EntryId;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.page.ListView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.EntryState;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lists of entries by their state, the newest first: by number, form and time, which the rows say
 * in the clear. A list opens nobody, and the audit says who saw which.
 */
final class Lists implements Section {

  private static final int PAGE = 50;

  private final Entries entries;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  Lists(Entries entries, StaffAudit audit, Forms forms, StaffPages pages, Clock clock) {
    this.entries = entries;
    this.audit = audit;
    this.forms = forms;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return visit.request().path().equals(Place.NEW.path())
        ? visit.acting(Right.LIST).map(it -> show(visit, it))
        : Optional.empty();
  }

  private Reply show(Visit visit, Roles.Acting acting) {
    var state = visit.request().query("state").flatMap(EntryState::of).orElse(EntryState.NEW);
    audit.lists(
        visit.session().in(acting.name()), state.code(), visit.invocation(), clock.instant());
    var found = entries.inState(state, before(visit), PAGE);
    var page = visit.page(pages, pages.language(visit.request()).text("staff.new"), false);
    var names = new FormNames(forms, page.page().wording().language());
    var rows =
        found.stream()
            .filter(it -> acting.role().sees(it.form()))
            .map(
                it ->
                    new ListView.Row(
                        it.entryId().number().value(),
                        names.form(it.form()),
                        page.page().time(it.entryId().receivedAt(), "staff.time"),
                        page.to("/staff/entries/" + it.entryId())))
            .toList();
    return pages.render(
        200,
        "list",
        page,
        new ListView(states(state, page), rows, older(found, acting.role(), state, page)));
  }

  private static List<ListView.State> states(EntryState here, StaffPage page) {
    return Arrays.stream(EntryState.values())
        .map(
            it ->
                new ListView.State(
                    page.text("staff.state." + it.code()),
                    page.to("/staff/new?state=" + it.code()),
                    it == here))
        .toList();
  }

  /** A full page may be the last: then the next is empty. */
  private static String older(
      List<Entries.Listed> found, Role role, EntryState state, StaffPage page) {
    return found.size() < PAGE
        ? ""
        : page.to(
            "/staff/new?state=%s&before=%s".formatted(state.code(), cursor(found.getLast(), role)));
  }

  /** Of an entry that the role does not see it says no more than when something came in. */
  static EntryId cursor(Entries.Listed last, Role role) {
    return role.sees(last.form()) ? last.entryId() : EntryId.last(last.entryId().receivedAt());
  }

  private static Optional<EntryId> before(Visit visit) {
    try {
      return visit.request().query("before").map(EntryId::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
