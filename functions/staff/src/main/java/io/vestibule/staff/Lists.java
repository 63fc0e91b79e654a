package io.vestibule.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryId;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.entry.Move;
import io.vestibule.staff.entry.Whose;
import io.vestibule.staff.list.Filter;
import io.vestibule.staff.list.Inbox;
import io.vestibule.staff.list.Listed;
import io.vestibule.staff.list.MoveSeveral;
import io.vestibule.staff.page.ListView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.people.EntryState;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lists of entries by their state, the newest first, and what may be done with several at once. A
 * list opens nobody, and the audit says who saw which.
 */
final class Lists implements Section {

  private static final int PAGE = 50;
  private static final int MONTHS = 24;

  private final Inbox inbox;
  private final MoveSeveral moveSeveral;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  Lists(
      Inbox inbox,
      MoveSeveral moveSeveral,
      StaffAudit audit,
      Forms forms,
      StaffPages pages,
      Clock clock) {
    this.inbox = inbox;
    this.moveSeveral = moveSeveral;
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
    var filter = filter(visit, acting);
    audit.lists(
        visit.session().in(acting.name()), filter.told(), visit.invocation(), clock.instant());
    var page = visit.page(pages, pages.language(visit.request()).text("staff.new"), false);
    var names = new FormNames(forms, page.page().wording().language());
    var holders = filter.whose().map(visit::holders).orElse(List.of());
    var found = inbox.read(filter, holders, PAGE, acting.role(), names.language());
    var rows = found.found().stream().filter(it -> acting.role().sees(it.form())).toList();
    return pages.render(
        200,
        "list",
        page,
        new ListView(
            states(filter, visit, page),
            choices(filter, visit, acting.role(), names, page),
            ListRows.of(rows, names, page),
            found.last().map(it -> page.to(filter.before(cursor(it, rows)).path())).orElse(""),
            visit.may(Right.MOVE) ? Moves.from(filter.from(), page) : List.of(),
            visit.may(Right.MOVE) ? Moves.roles(visit.roles()) : List.of()));
  }

  private static Filter filter(Visit visit, Roles.Acting acting) {
    return Filter.of(visit.request(), acting.role()::sees, visit.roles().tags());
  }

  private static List<ListView.State> states(Filter filter, Visit visit, StaffPage page) {
    var all =
        Arrays.stream(EntryState.values())
            .map(it -> state("staff.state." + it.code(), filter.in(it), filter, page));
    var taken =
        Stream.of(Whose.ME, Whose.ROLE)
            .filter(_ -> visit.may(Right.MOVE))
            .map(it -> state("staff.taken." + it.code(), filter.takenBy(it), filter, page));
    return Stream.concat(all, taken).toList();
  }

  private static ListView.State state(String key, Filter to, Filter filter, StaffPage page) {
    return new ListView.State(page.text(key), page.to(to.path()), to.from().equals(filter.from()));
  }

  private ListView.Choices choices(
      Filter filter, Visit visit, Role role, FormNames names, StaffPage page) {
    var byForm =
        forms.all().stream()
            .map(it -> it.name())
            .filter(role::sees)
            .map(it -> choice(it, names.form(it), filter.form()));
    var chosen = filter.month().map(Object::toString);
    var zone = page.page().business().timeZone();
    var thisMonth = YearMonth.from(clock.instant().atZone(zone));
    var byMonth =
        IntStream.range(0, MONTHS)
            .mapToObj(thisMonth::minusMonths)
            .map(it -> choice(it.toString(), page.month(it), chosen));
    return new ListView.Choices(
        filter.state().code(),
        filter.from().code(),
        filter.whose().map(Whose::code).orElse(""),
        all(byForm, page),
        all(byMonth, page),
        tags(visit, filter.tag(), page));
  }

  /** Those by which a list can be filtered. */
  static List<ListView.Choice> tags(Visit visit, Optional<String> chosen, StaffPage page) {
    return all(visit.roles().tags().stream().map(it -> choice(it, page.tag(it), chosen)), page);
  }

  private static List<ListView.Choice> all(Stream<ListView.Choice> choices, StaffPage page) {
    var all = new ListView.Choice("", page.text("staff.all"), false);
    return Stream.concat(Stream.of(all), choices).toList();
  }

  private static ListView.Choice choice(String value, String name, Optional<String> chosen) {
    return new ListView.Choice(value, name, chosen.filter(value::equals).isPresent());
  }

  /** Of an entry that the role does not see it says no more than when something came in. */
  static EntryId cursor(EntryId last, List<Listed> seen) {
    boolean isSeen = seen.stream().anyMatch(it -> it.entryId().equals(last));
    return isSeen ? last : EntryId.last(last.receivedAt());
  }

  /** What was posted: entries that were picked, and where they are to go. */
  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return visit.request().path().equals(Place.NEW.path())
        ? Moves.read(
                values.path("from").asText(),
                values.path("to").asText(),
                values.path("role").asText())
            .flatMap(
                move ->
                    visit
                        .acting(Right.MOVE)
                        .map(it -> move(visit, it, picked(values.path("entry")), move)))
        : Optional.empty();
  }

  private Reply move(Visit visit, Roles.Acting acting, List<EntryId> picked, Move move) {
    int moved =
        moveSeveral.run(
            picked, visit.session().in(acting.name()), acting.role(), move, visit.invocation());
    if (moved == picked.size()) {
      var page = visit.page(pages, "", false);
      var filter = filter(visit, acting);
      var same =
          filter.from().equals(move.from()) ? filter.first() : filter.in(move.from().state());
      return Reply.seeOther(page.to(same.path()));
    }
    return visit.message(
        pages,
        409,
        "staff.some",
        Map.of("moved", Integer.toString(moved), "left", Integer.toString(picked.size() - moved)));
  }

  /** No more than a page has: whoever sends others does so by hand. */
  private static List<EntryId> picked(JsonNode sent) {
    var all = sent.isArray() ? StreamSupport.stream(sent.spliterator(), false) : Stream.of(sent);
    return all.map(JsonNode::asText).flatMap(it -> id(it).stream()).distinct().limit(PAGE).toList();
  }

  private static Optional<EntryId> id(String text) {
    try {
      return Optional.of(new EntryId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
