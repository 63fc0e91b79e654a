package io.vestibule.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.held.Decision;
import io.vestibule.staff.held.HeldOrders;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.HeldListView;
import io.vestibule.staff.page.HeldView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is held: how many for which reason, which those are, and what is decided about several. */
final class HeldList implements Section {

  private final HeldOrders held;
  private final HeldDecisions decisions;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  HeldList(
      HeldOrders held,
      HeldDecisions decisions,
      StaffAudit audit,
      Forms forms,
      StaffPages pages,
      Clock clock) {
    this.held = held;
    this.decisions = decisions;
    this.audit = audit;
    this.forms = forms;
    this.pages = pages;
    this.clock = clock;
  }

  /** What people ask about their own data is seen by whoever may see such requests. */
  static boolean sees(Visit visit, String form) {
    return visit.acting(Right.LIST).filter(it -> it.role().sees(form)).isPresent()
        && (!form.equals(Form.PRIVACY) || visit.may(Right.REQUESTS));
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return visit.request().path().equals(Place.HELD.path())
        ? visit.acting(Right.LIST).map(it -> show(visit, it.name()))
        : Optional.empty();
  }

  private Reply show(Visit visit, String role) {
    var reason = visit.request().query("reason").flatMap(HeldReason::of);
    audit.lists(
        visit.session().in(role),
        "held" + reason.map(it -> "-" + it.code()).orElse(""),
        visit.invocation(),
        clock.instant());
    return visit.ordered(
        pages, () -> reason.isPresent() ? list(visit, reason.get()) : reasons(visit));
  }

  private Reply reasons(Visit visit) throws Orders.Failed {
    var page = visit.page(pages, title(visit), false);
    var counted = new HeldTally(held).count(visit);
    var reasons =
        Arrays.stream(HeldReason.values())
            .filter(counted::has)
            .map(
                it ->
                    new HeldView.Reason(
                        page.text("staff.held." + it.code()),
                        page.text("staff.held." + it.code() + ".what"),
                        counted.of(it),
                        HeldTally.href(it, page)))
            .toList();
    return pages.render(200, "held", page, new HeldView(reasons, counted.more()));
  }

  private String title(Visit visit) {
    return pages.language(visit.request()).text("staff.held");
  }

  private Reply list(Visit visit, HeldReason reason) throws Orders.Failed {
    var found = held.page(reason, after(visit));
    var title =
        title(visit) + ": " + pages.language(visit.request()).text("staff.held." + reason.code());
    var page = visit.page(pages, title, false);
    var rows =
        found.rows().stream()
            .filter(it -> sees(visit, it.form()))
            .map(it -> row(it, reason, visit, page))
            .toList();
    return pages.render(
        200,
        "held-list",
        page,
        new HeldListView(
            page.text("staff.held." + reason.code() + ".what"),
            reason.code(),
            rows,
            rows.stream().anyMatch(HeldListView.Row::decides),
            found
                .after()
                .map(it -> HeldTally.href(reason, page) + "&after=" + Timestamp.of(it))
                .orElse("")));
  }

  private HeldListView.Row row(
      HeldOrders.Held row, HeldReason reason, Visit visit, StaffPage page) {
    var names = new FormNames(forms, page.page().wording().language());
    return new HeldListView.Row(
        row.id().value(),
        number(row.id()),
        names.form(row.form()),
        page.page().time(row.createdAt(), "staff.time"),
        row.endsAt().map(it -> page.page().time(it, "staff.time")).orElse(""),
        row.isConfirmed(),
        visit.may(Right.OPEN) ? page.to(HeldRow.PATH + row.id()) : "",
        !reason.isDecidedOneByOne() && visit.may(HeldDecisions.right(row.id())));
  }

  /** As the person who handed it in is told it; requests are told none. */
  static String number(RowId id) {
    return EntryNumber.told(id).map(EntryNumber::value).orElse(id.value());
  }

  private static Instant after(Visit visit) {
    try {
      return visit.request().query("after").map(Timestamp::parse).orElse(Instant.EPOCH);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** Several at once. Those that are decided one by one have a page of their own for it. */
  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    var reason = HeldReason.of(values.path("for").asText()).filter(it -> !it.isDecidedOneByOne());
    var decision = Decision.of(values.path("decision").asText());
    return visit.request().path().equals(Place.HELD.path())
            && reason.isPresent()
            && decision.isPresent()
        ? decisions.run(visit, decision.get(), reason.get(), ids(values.path("id")))
        : Optional.empty();
  }

  /** Of a box that is ticked alone the browser sends a text, and of several a list. */
  private static List<RowId> ids(JsonNode sent) {
    var all = sent.isArray() ? StreamSupport.stream(sent.spliterator(), false) : Stream.of(sent);
    return all.flatMap(it -> RowId.parse(it.asText()).stream()).toList();
  }
}
