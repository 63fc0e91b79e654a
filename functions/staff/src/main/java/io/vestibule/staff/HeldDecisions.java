package io.vestibule.staff;

import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.staff.held.DecideHeld;
import io.vestibule.staff.held.Decision;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.staff.roles.Roles;
import io.vestibule.web.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is decided about what is held, and what the person is told of it. */
final class HeldDecisions {

  private final DecideHeld decideHeld;
  private final StaffPages pages;

  HeldDecisions(DecideHeld decideHeld, StaffPages pages) {
    this.decideHeld = decideHeld;
    this.pages = pages;
  }

  /** Who may decide about a row. What people ask about their own data is not everybody's. */
  static Right right(RowId id) {
    return id.destination() == Destination.DELETION ? Right.REQUESTS : Right.DECIDE;
  }

  /**
   * Decides about rows, and leads back to the list. If something was not done, a page says so.
   *
   * @return empty if the person may not decide about any of them
   */
  Optional<Reply> run(Visit visit, Decision decision, HeldReason reason, List<RowId> ids) {
    var rights = ids.stream().map(HeldDecisions::right).distinct().toList();
    var acting = rights.stream().flatMap(it -> visit.acting(it).stream()).toList();
    if (acting.size() < rights.size()) {
      return Optional.empty();
    }
    return Optional.of(
        visit.ordered(
            pages,
            () ->
                acting.isEmpty()
                    ? back(reason, visit)
                    : told(visit, reason, decide(visit, decision, reason, ids, acting))));
  }

  private DecideHeld.Outcome decide(
      Visit visit, Decision decision, HeldReason reason, List<RowId> ids, List<Roles.Acting> acting)
      throws Orders.Failed {
    var roles = acting.stream().map(Roles.Acting::name).distinct().collect(Collectors.joining(" "));
    return decideHeld.run(
        decision,
        reason,
        ids,
        row -> visit.acting(right(row.id())).filter(it -> it.role().sees(row.form())).isPresent(),
        visit.session().in(roles),
        visit.invocation());
  }

  private Reply told(Visit visit, HeldReason reason, DecideHeld.Outcome outcome) {
    return outcome.left().isEmpty() ? back(reason, visit) : left(visit, reason, outcome);
  }

  private Reply back(HeldReason reason, Visit visit) {
    return Reply.seeOther(HeldTally.href(reason, page(visit)));
  }

  private StaffPage page(Visit visit) {
    return visit.page(pages, pages.language(visit.request()).text("staff.left.title"), true);
  }

  /** Some have moved meanwhile, or could not be changed: by their numbers. */
  private Reply left(Visit visit, HeldReason reason, DecideHeld.Outcome outcome) {
    var page = page(visit);
    var sentences =
        Stream.of(
            page.page().text("staff.left.done", Map.of("count", "" + outcome.done().size())),
            page.text("staff.left.text"),
            outcome.left().stream().map(HeldList::number).collect(Collectors.joining(", ")));
    return pages.message(
        409, page, sentences.toList(), HeldTally.href(reason, page), page.text("staff.held"));
  }
}
