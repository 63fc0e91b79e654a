package io.vestibule.staff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.HeldReason;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.entry.LookLimit;
import io.vestibule.staff.held.WhyNoMail;
import io.vestibule.staff.page.NoMailView;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.rows.RowsForStaff.Seen;
import io.vestibule.web.FormNames;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why somebody got no mail, by their address, as long as what they entered is not done. Nobody is
 * opened for it. The address is posted, as in {@link Search}.
 */
final class NoMailPage implements Section {

  static final String PATH = "/staff/no-mail";

  private final WhyNoMail whyNoMail;
  private final LookLimit limit;
  private final StaffAudit audit;
  private final Forms forms;
  private final StaffPages pages;
  private final Clock clock;

  NoMailPage(
      WhyNoMail whyNoMail,
      LookLimit limit,
      StaffAudit audit,
      Forms forms,
      StaffPages pages,
      Clock clock) {
    this.whyNoMail = whyNoMail;
    this.limit = limit;
    this.audit = audit;
    this.forms = forms;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return isHere(visit) && visit.may(Right.SEARCH)
        ? Optional.of(show(page(visit), new NoMailView("", "", List.of(), "")))
        : Optional.empty();
  }

  @Override
  public Optional<Reply> write(Visit visit, ObjectNode values) {
    return isHere(visit)
        ? visit.acting(Right.SEARCH).map(it -> look(visit, it, values.path("email").asText()))
        : Optional.empty();
  }

  private static boolean isHere(Visit visit) {
    return visit.request().path().equals(PATH);
  }

  private StaffPage page(Visit visit) {
    return visit.page(pages, pages.language(visit.request()).text("staff.no-mail"), false);
  }

  private Reply show(StaffPage page, NoMailView view) {
    return pages.render(200, "no-mail", page, view);
  }

  /** The audit has who asked, and the ids of what was found; but no address. */
  private Reply look(Visit visit, Roles.Acting acting, String typed) {
    var page = page(visit);
    var address = EmailAddress.parse(typed.strip());
    if (address.isEmpty()) {
      return show(page, new NoMailView(typed, "", List.of(), page.text("staff.no-mail.address")));
    }
    var person = visit.session().in(acting.name());
    if (limit.isReached(person)) {
      return visit.message(pages, 429, "staff.enough");
    }
    audit.asks(person, "no-mail", visit.invocation(), clock.instant());
    return visit.ordered(
        pages,
        () -> {
          var found = whyNoMail.run(address.get());
          var ids = found.rows().stream().map(Seen::id).toList();
          audit.finds(person, ids, visit.invocation(), clock.instant());
          return show(page, told(visit, acting, typed, found, page));
        });
  }

  private NoMailView told(
      Visit visit, Roles.Acting acting, String typed, WhyNoMail.Found found, StaffPage page) {
    var seen = found.rows().stream().filter(it -> sees(visit, acting, it)).toList();
    boolean tellsStop = acting.role().seesAll() || !seen.isEmpty();
    return new NoMailView(
        typed,
        found.stopped().filter(_ -> tellsStop).map(it -> stopped(it, page)).orElse(""),
        seen.stream().map(it -> row(visit, it, page)).toList(),
        Stream.concat(
                Stream.of("none").filter(_ -> seen.isEmpty()),
                Stream.of("more").filter(_ -> found.areMore()))
            .map(it -> page.text("staff.no-mail." + (seesAll(visit, acting) ? it : it + ".seen")))
            .collect(Collectors.joining(" ")));
  }

  private static boolean seesAll(Visit visit, Roles.Acting acting) {
    return acting.role().seesAll() && visit.may(Right.REQUESTS);
  }

  /** Of what people ask about their own data, only who may see such requests sees anything. */
  private static boolean sees(Visit visit, Roles.Acting acting, Seen row) {
    return row.id().destination() == Destination.DELETION
        ? visit.may(Right.REQUESTS)
        : acting.role().sees(row.form());
  }

  private static String stopped(WhyNoMail.Stopped stopped, StaffPage page) {
    var key = stopped.isComplaint() ? "staff.no-mail.complaint" : "staff.no-mail.bounce";
    return page.page().text(key, Map.of("time", page.page().time(stopped.since(), "staff.time")));
  }

  private NoMailView.Row row(Visit visit, Seen row, StaffPage page) {
    var names = new FormNames(forms, page.page().wording().language());
    var key = row.reason().map(HeldReason::code).map("staff.held."::concat).orElse(state(row));
    return new NoMailView.Row(
        HeldList.number(row.id()),
        names.form(row.form()),
        page.page().time(row.createdAt(), "staff.time"),
        page.text(key),
        page.page().text(key + ".what", mailed(row, page)),
        row.reason().isPresent() && visit.may(Right.OPEN) ? page.to(HeldRow.PATH + row.id()) : "");
  }

  private static Map<String, String> mailed(Seen row, StaffPage page) {
    return Map.of("time", row.mailedAt().map(it -> page.page().time(it, "staff.time")).orElse("–"));
  }

  private static String state(Seen row) {
    return switch (row.status()) {
      case PENDING, MAILING -> "staff.no-mail.waits";
      case MAILED -> "staff.no-mail.mailed";
      case VERIFIED, ERASING -> "staff.no-mail.pressed";
      case HELD -> "staff.no-mail.held"; // For a reason that this version does not know.
      case DONE, ERASED, EXPIRED -> "staff.no-mail.over";
    };
  }
}
