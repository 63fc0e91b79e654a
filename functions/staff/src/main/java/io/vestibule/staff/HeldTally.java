package io.vestibule.staff;

import io.vestibule.core.HeldReason;
import io.vestibule.staff.held.HeldOrders;
import io.vestibule.staff.orders.Orders;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.TodayView;
import io.vestibule.staff.roles.Right;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How many are held, by reason: of the forms that a person's role sees. */
final class HeldTally implements Tally {

  private final HeldOrders held;

  HeldTally(HeldOrders held) {
    this.held = held;
  }

  /** How many for each reason, and whether there may be more. */
  record Counted(Map<HeldReason, Integer> counts, boolean more) {

    /** With a plus sign if there may be more. */
    String of(HeldReason reason) {
      return counts.getOrDefault(reason, 0) + (more ? "+" : "");
    }

    boolean has(HeldReason reason) {
      return counts.containsKey(reason);
    }
  }

  /** Counts them. */
  Counted count(Visit visit) throws Orders.Failed {
    var counts = held.count();
    return new Counted(
        counts.counts().stream()
            .filter(it -> HeldList.sees(visit, it.form()))
            .collect(
                Collectors.toMap(HeldOrders.Count::reason, HeldOrders.Count::count, Integer::sum)),
        counts.more());
  }

  /** One for each reason that there is. The page is shown without them if nobody can tell. */
  @Override
  public List<TodayView.Line> lines(Visit visit, StaffPage page) {
    if (!visit.may(Right.LIST)) {
      return List.of();
    }
    try {
      var counted = count(visit);
      return Arrays.stream(HeldReason.values())
          .filter(counted::has)
          .map(it -> new TodayView.Line(name(it, page), counted.of(it), href(it, page)))
          .toList();
    } catch (Orders.Failed e) {
      return List.of(new TodayView.Line(page.text("staff.held"), "?", page.to("/staff/held")));
    }
  }

  private static String name(HeldReason reason, StaffPage page) {
    return page.text("staff.held") + ": " + page.text("staff.held." + reason.code());
  }

  static String href(HeldReason reason, StaffPage page) {
    return page.to("/staff/held?reason=" + reason.code());
  }
}
