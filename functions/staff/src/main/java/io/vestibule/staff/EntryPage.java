package io.vestibule.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryId;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.entry.Move;
import io.vestibule.staff.entry.MoveEntry;
import io.vestibule.staff.entry.OpenEntry;
import io.vestibule.staff.entry.Opened;
import io.vestibule.staff.page.EntryView;
import io.vestibule.staff.page.ListView;
import io.vestibule.staff.page.MailTo;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Standing;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    if (values.has("tagged")) {
      return visit.acting(Right.MOVE).map(it -> tag(visit, it, id, values));
    }
    var reason = values.path("reason").asText();
    if (visit.roles().reasons().contains(reason)) {
      return visit.acting(Right.OPEN).map(it -> show(visit, it, id, reason));
    }
    return Moves.read(
            values.path("from").asText(), values.path("to").asText(), values.path("role").asText())
        .flatMap(move -> visit.acting(Right.MOVE).map(it -> move(visit, it, id, move)));
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

  private Reply move(Visit visit, Roles.Acting acting, EntryId id, Move move) {
    var person = visit.session().in(acting.name());
    if (!moveEntry.run(id, person, acting.role(), move, visit.invocation())) {
      return visit.message(pages, 409, "staff.faster");
    }
    boolean isMine = move.to().state() == EntryState.TAKEN && move.to().role().isEmpty();
    return leadToList(visit, isMine ? "/staff/new?state=taken&by=me" : "/staff/new");
  }

  /** The page says with what it was marked; what others have marked since stays. */
  private Reply tag(Visit visit, Roles.Acting acting, EntryId id, ObjectNode values) {
    var had = texts(values.path("had"));
    var has = texts(values.path("tag"));
    var add = new HashSet<>(has);
    add.retainAll(visit.roles().tags());
    add.removeAll(had);
    var remove = new HashSet<>(had);
    remove.removeAll(has);
    var person = visit.session().in(acting.name());
    return moveEntry.tag(id, person, acting.role(), add, remove, visit.invocation())
        ? leadToList(visit, "/staff/new?state=" + state(values))
        : visit.message(pages, 409, "staff.faster");
  }

  private static String state(ObjectNode values) {
    return Move.From.of(values.path("from").asText())
        .map(Move.From::state)
        .orElse(EntryState.NEW)
        .code();
  }

  private static Set<String> texts(JsonNode sent) {
    var texts = new HashSet<String>();
    if (sent.isArray()) {
      sent.forEach(it -> texts.add(it.asText()));
    } else if (sent.isTextual()) {
      texts.add(sent.asText());
    }
    return texts;
  }

  /** The entry's own page would open it once more. */
  private Reply leadToList(Visit visit, String list) {
    return Reply.seeOther(visit.page(pages, "", false).to(list));
  }

  private Reply page(Visit visit, Roles.Acting acting, Opened.Entry entry) {
    var language = pages.language(visit.request()).language();
    var names = new FormNames(forms, language);
    var title = "%s · %s".formatted(names.form(entry.form()), entry.id().number());
    var page = visit.page(pages, title, false);
    var from = Move.From.of(entry.standing(), visit.session().person());
    boolean moves = visit.may(Right.MOVE);
    var view =
        new EntryView(
            state(visit, entry.standing(), page),
            entry.values().stream()
                .map(it -> new EntryView.Row(names.field(entry.form(), it.field()), it.value()))
                .toList(),
            entry.consents().stream()
                .map(it -> new EntryView.Row(consent(entry.form(), it.name(), names), it.version()))
                .toList(),
            facts(entry, page),
            entry.address().map(it -> MailTo.of(it, title)).orElse(""),
            from.code(),
            moves ? Moves.from(from, page) : List.of(),
            moves ? Moves.roles(visit.roles()) : List.of(),
            moves ? tags(visit, entry.standing(), page) : List.of(),
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
    if (!entry.standing().tags().isEmpty()) {
      facts.add(
          new EntryView.Row(
              page.text("staff.tags"),
              entry.standing().tags().stream()
                  .sorted()
                  .map(page::tag)
                  .collect(Collectors.joining(", "))));
    }
    return List.copyOf(facts);
  }

  /** Which colleague has taken it is no concern of a page that everybody sees who may open it. */
  private static String state(Visit visit, Standing standing, StaffPage page) {
    return standing
        .role()
        .map(it -> page.page().text("staff.taken.by-role", Map.of("role", it)))
        .or(
            () ->
                standing
                    .takenBy()
                    .map(visit.session().person()::equals)
                    .map(mine -> page.text(mine ? "staff.taken.me" : "staff.taken.other")))
        .orElseGet(() -> page.text("staff.state." + standing.state().code()));
  }

  /** Those that there are, and those that there were when it was marked. */
  private static List<ListView.Choice> tags(Visit visit, Standing standing, StaffPage page) {
    return Stream.concat(visit.roles().tags().stream(), standing.tags().stream().sorted())
        .distinct()
        .map(it -> new ListView.Choice(it, page.tag(it), standing.tags().contains(it)))
        .toList();
  }

  static List<EntryView.Choice> reasons(Roles roles, StaffPage page) {
    return roles.reasons().stream()
        .map(it -> new EntryView.Choice(it, page.text("staff.reason." + it)))
        .toList();
  }
}
