package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryId;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.entry.Opened;
import io.vestibule.staff.page.EntryView;
import io.vestibule.staff.page.MailTo;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.people.EntryState;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of an entry: what somebody wrote, and what is done about it. */
final class EntryPage implements Section {

  static final String PATH = "/staff/entries/";

  private final OpenEntry openEntry;
  private final MoveEntry moveEntry;
  private final Forms forms;
  private final StaffPages pages;

  EntryPage(OpenEntry openEntry, MoveEntry moveEntry, Forms forms, StaffPages pages) {
    this.openEntry = openEntry;
    this.moveEntry = moveEntry;
    this.forms = forms;
    this.pages = pages;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return id(visit).flatMap(id -> visit.acting(Right.OPEN).map(it -> read(visit, it, id)));
  }

  private Reply read(Visit visit, Roles.Acting acting, EntryId id) {
    return visit.request().method().equals("HEAD")
        ? Openings.noHead()
        : show(visit, acting, id, Roles.WORK);
  }

  private Reply show(Visit visit, Roles.Acting acting, EntryId id, String reason) {
    var wish = Openings.wish(visit, acting, reason, pages);
    return Openings.reply(
        visit, pages, openEntry.run(id, wish), entry -> page(visit, acting, entry));
  }

  /** What was posted: a reason to see more, or where the entry is to go; empty if it is neither. */
  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return id(visit).flatMap(it -> write(visit, it, values));
  }

  private Optional<Reply> write(Visit visit, EntryId id, ObjectNode values) {
    var reason = values.path("reason").asText();
    if (visit.roles().reasons().contains(reason)) {
      return visit.acting(Right.OPEN).map(it -> show(visit, it, id, reason));
    }
    var from = EntryState.of(values.path("from").asText());
    var to = EntryState.of(values.path("to").asText());
    return from.isPresent() && to.isPresent()
        ? visit.acting(Right.MOVE).map(it -> move(visit, it, id, from.get(), to.get()))
        : Optional.empty();
  }

  private static Optional<EntryId> id(Visit visit) {
    var path = visit.request().path();
    if (!path.startsWith(PATH)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new EntryId(path.substring(PATH.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Reply move(Visit visit, Roles.Acting acting, EntryId id, EntryState from, EntryState to) {
    var person = visit.session().in(acting.name());
    if (!moveEntry.run(id, person, acting.role(), from, to, visit.invocation())) {
      return visit.message(pages, 409, "staff.faster");
    }
    var page = visit.page(pages, "", false);
    // The entry's own page would open it once more.
    return Reply.seeOther(
        page.to(to == EntryState.TAKEN ? "/staff/new?state=" + to.code() : "/staff/new"));
  }

  private Reply page(Visit visit, Roles.Acting acting, Opened.Entry entry) {
    var language = pages.language(visit.request()).language();
    var names = new FormNames(forms, language);
    var title = "%s · %s".formatted(names.form(entry.form()), entry.id().number());
    var page = visit.page(pages, title, false);
    var view =
        new EntryView(
            page.text("staff.state." + entry.state().code()),
            entry.values().stream()
                .map(it -> new EntryView.Row(names.field(entry.form(), it.field()), it.value()))
                .toList(),
            entry.consents().stream()
                .map(it -> new EntryView.Row(consent(entry.form(), it.name(), names), it.version()))
                .toList(),
            facts(entry, page),
            entry.address().map(it -> MailTo.of(it, title)).orElse(""),
            visit.may(Right.MOVE) ? moves(entry.state(), page) : List.of(),
            entry.masked() && acting.role().mayGiveReasons()
                ? reasons(visit.roles(), page)
                : List.of(),
            entry.masked(),
            page.to(CustomerPage.PATH + entry.customer()));
    return pages.render(200, "entry", page, view);
  }

  private String consent(String form, String name, FormNames names) {
    return forms.find(form).flatMap(it -> it.purpose(name)).map(names::purpose).orElse(name);
  }

  private static List<EntryView.Row> facts(Opened.Entry entry, StaffPage page) {
    var facts = new ArrayList<EntryView.Row>();
    facts.add(
        new EntryView.Row(page.text("staff.received"), page.page().time(entry.id().receivedAt())));
    if (!entry.source().isEmpty()) {
      facts.add(new EntryView.Row(page.text("staff.source"), entry.source()));
    }
    return List.copyOf(facts);
  }

  private static List<EntryView.Move> moves(EntryState state, StaffPage page) {
    return Stream.of(EntryState.TAKEN, EntryState.DONE, EntryState.NEW)
        .filter(to -> to != state)
        .map(
            to -> new EntryView.Move(to.code(), state.code(), page.text("staff.move." + to.code())))
        .toList();
  }

  static List<EntryView.Choice> reasons(Roles roles, StaffPage page) {
    return roles.reasons().stream()
        .map(it -> new EntryView.Choice(it, page.text("staff.reason." + it)))
        .toList();
  }
}
