package io.vestibule.staff.held;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.staff.orders.Orders;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.rows.RowsForStaff;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Carries out what a member of staff decided about what they saw held. The audit says who before
 * anything is done: a death between the two leaves a row too many, and a decision that was not
 * made.
 */
public final class DecideHeld {

  /** In one press; as many as one transaction of the audit takes. */
  private static final int MOST = 100;

  private final HeldOrders orders;
  private final RowsForStaff rows;
  private final StaffAudit audit;
  private final Clock clock;

  public DecideHeld(HeldOrders orders, RowsForStaff rows, StaffAudit audit, Clock clock) {
    this.orders = orders;
    this.rows = rows;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param left those that are not held for that reason any more, or could not be changed
   */
  public record Outcome(List<RowId> done, List<RowId> left) {}

  /**
   * Decides.
   *
   * @param reason as the person saw it: what is held for another one by now is left alone
   * @param mayDecide whether the person may, about this row
   * @param request the invocation
   * @throws Orders.Failed nobody knows what was done; the person is to look again
   */
  public Outcome run(
      Decision decision,
      HeldReason reason,
      List<RowId> ids,
      Predicate<RowsForStaff.Seen> mayDecide,
      Person person,
      String request)
      throws Orders.Failed {
    var asked = ids.stream().distinct().limit(MOST).toList();
    var those =
        rows.find(asked).stream()
            .filter(row -> row.isHeldFor(reason) && mayDecide.test(row))
            .map(RowsForStaff.Seen::id)
            .toList();
    List<RowId> done = List.of();
    if (!those.isEmpty()) {
      audit.decides(person, those, decision.code(), reason.code(), request, clock.instant());
      done = orders.decide(decision, reason, those);
    }
    var left = new ArrayList<>(asked);
    left.removeAll(done);
    return new Outcome(done, List.copyOf(left));
  }
}
