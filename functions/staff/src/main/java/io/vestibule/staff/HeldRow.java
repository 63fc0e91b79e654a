package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Behalf;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.entry.OpenHeld;
import io.vestibule.staff.entry.OpenedHeld;
import io.vestibule.staff.held.ConfirmSecond;
import io.vestibule.staff.held.Decision;
import io.vestibule.staff.page.EntryView;
import io.vestibule.staff.page.HeldRowView;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffLooks;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page of one that is held: what somebody wrote, and what is decided about it. */
final class HeldRow implements Section {

  static final String PATH = "/staff/held/";

  private final OpenHeld openHeld;
  private final HeldDecisions decisions;
  private final ConfirmSecond confirmSecond;
  private final Forms forms;
  private final StaffPages pages;

  HeldRow(
      OpenHeld openHeld,
      HeldDecisions decisions,
      ConfirmSecond confirmSecond,
      Forms forms,
      StaffPages pages) {
    this.openHeld = openHeld;
    this.decisions = decisions;
    this.confirmSecond = confirmSecond;
    this.forms = forms;
    this.pages = pages;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return id(visit).flatMap(id -> acting(visit).map(it -> read(visit, it, id)));
  }

  private Reply read(Visit visit, Roles.Acting acting, RowId id) {
    return visit.request().method().equals("HEAD")
        ? Openings.noHead()
        : show(visit, acting, id, Roles.WORK);
  }

  /** What was posted: a reason to see more, or a decision; empty if it is neither. */
  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return id(visit).flatMap(it -> write(visit, it, values));
  }

  private Optional<Reply> write(Visit visit, RowId id, ObjectNode values) {
    var reason = values.path("reason").asText();
    if (visit.roles().reasons().contains(reason)) {
      return acting(visit).map(it -> show(visit, it, id, reason));
    }
    if (values.has("confirm")) {
      return visit
          .acting(Right.ASK)
          .filter(it -> it.role().seesAll()) // As whoever enters one: it is about all that is held.
          .filter(_ -> HeldDecisions.right(id) == Right.REQUESTS && visit.may(Right.REQUESTS))
          .map(it -> confirm(visit, it, id));
    }
    var why = HeldReason.of(values.path("for").asText());
    return Decision.of(values.path("decision").asText())
        .flatMap(it -> why.flatMap(held -> decisions.run(visit, it, held, List.of(id))));
  }

  private Reply confirm(Visit visit, Roles.Acting acting, RowId id) {
    var person = visit.session().in(acting.name());
    return visit.ordered(
        pages,
        () ->
            switch (confirmSecond.run(id, person, visit.invocation())) {
              case "confirmed" ->
                  Reply.seeOther(visit.page(pages, "", false).to(Place.REQUESTS.path()));
              case "same-person" -> visit.message(pages, 403, "staff.same-person");
              case "gone" -> visit.message(pages, 409, "staff.confirm-gone");
              case "enough" -> visit.message(pages, 429, "staff.ask-enough");
              case "forged" -> visit.message(pages, 409, "staff.confirm-forged");
              default -> visit.message(pages, 503, "staff.unclear");
            });
  }

  /** Of what people ask about their own data, only who may see such requests sees anything. */
  private static Optional<Roles.Acting> acting(Visit visit) {
    return id(visit)
        .filter(id -> HeldDecisions.right(id) != Right.REQUESTS || visit.may(Right.REQUESTS))
        .flatMap(_ -> visit.acting(Right.OPEN));
  }

  private static Optional<RowId> id(Visit visit) {
    var path = visit.request().path();
    return path.startsWith(PATH) ? RowId.parse(path.substring(PATH.length())) : Optional.empty();
  }

  private Reply show(Visit visit, Roles.Acting acting, RowId id, String reason) {
    var wish = Openings.wish(visit, acting, reason, pages);
    return Openings.reply(visit, pages, openHeld.run(id, wish), row -> page(visit, acting, row));
  }

  private Reply page(Visit visit, Roles.Acting acting, OpenedHeld opened) {
    var row = opened.row();
    var names = new FormNames(forms, pages.language(visit.request()).language());
    var title = "%s · %s".formatted(names.form(row.form()), HeldList.number(row.id()));
    var page = visit.page(pages, title, false);
    var ordered = row.behalf().flatMap(_ -> confirmSecond.entered(row.id()));
    var reason = row.reason().map(HeldReason::code).orElse("");
    var isMasked = opened.content().filter(OpenedHeld.Content::masked).isPresent();
    var view =
        new HeldRowView(
            row.reason().map(it -> page.text("staff.held." + it.code())).orElse(""),
            row.reason().map(it -> page.text("staff.held." + it.code() + ".what")).orElse(""),
            reason,
            opened.content().map(it -> values(it, row.form(), names)).orElse(List.of()),
            facts(visit, opened, ordered, names, page),
            isMasked && acting.role().mayGiveReasons()
                ? EntryPage.reasons(visit.roles(), page)
                : List.of(),
            isMasked,
            opened.content().isPresent(),
            row.reason().isPresent() && visit.may(HeldDecisions.right(row.id())),
            row.isHeldFor(HeldReason.SECOND_PERSON),
            row.isHeldFor(HeldReason.SECOND_PERSON)
                && visit.acting(Right.ASK).filter(it -> it.role().seesAll()).isPresent(),
            ordered.map(it -> page.to(CustomerPage.PATH + it.customerId())).orElse(""));
    return pages.render(200, "held-row", page, view);
  }

  private static List<EntryView.Row> values(
      OpenedHeld.Content content, String form, FormNames names) {
    return content.values().stream()
        .map(it -> new EntryView.Row(names.field(form, it.field()), it.value()))
        .toList();
  }

  private List<EntryView.Row> facts(
      Visit visit,
      OpenedHeld opened,
      Optional<StaffLooks.Entered> ordered,
      FormNames names,
      StaffPage page) {
    var row = opened.row();
    var facts = new ArrayList<EntryView.Row>();
    row.behalf().ifPresent(it -> facts.addAll(entered(visit, ordered, it, page)));
    facts.add(new EntryView.Row(page.text("staff.received"), page.page().time(row.createdAt())));
    if (row.behalf().isEmpty()) {
      facts.add(
          new EntryView.Row(
              page.text("staff.pressed"),
              page.text(row.isConfirmed() ? "staff.pressed.yes" : "staff.pressed.no")));
    }
    opened
        .content()
        .map(OpenedHeld.Content::source)
        .filter(it -> !it.isEmpty())
        .ifPresent(it -> facts.add(new EntryView.Row(page.text("staff.source"), it)));
    opened.content().stream()
        .flatMap(it -> it.consents().stream())
        .forEach(
            it ->
                facts.add(
                    new EntryView.Row(page.text("staff.ticked"), purpose(row.form(), it, names))));
    return List.copyOf(facts);
  }

  /** How it came, and who has entered it: which colleague that was, as far as one may see it. */
  private static List<EntryView.Row> entered(
      Visit visit, Optional<StaffLooks.Entered> ordered, Behalf behalf, StaffPage page) {
    var facts = new ArrayList<EntryView.Row>();
    facts.add(
        new EntryView.Row(
            page.text("staff.channel"), page.text("staff.channel." + behalf.channel().code())));
    var who =
        ordered.filter(_ -> visit.may(Right.COLLEAGUES)).map(it -> " · " + it.who()).orElse("");
    facts.add(new EntryView.Row(page.text("staff.entered"), behalf.enteredBy() + who));
    ordered
        .flatMap(it -> Behalf.Check.parse(it.check()))
        .map(it -> page.text("staff.check." + it.code()))
        .ifPresent(it -> facts.add(new EntryView.Row(page.text("staff.check"), it)));
    return List.copyOf(facts);
  }

  private String purpose(String form, String consent, FormNames names) {
    return forms.find(form).flatMap(it -> it.purpose(consent)).map(names::purpose).orElse(consent);
  }
}
