package io.vestibule.staff;

import io.vestibule.staff.entry.Whose;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.TodayView;
import io.vestibule.staff.roles.Right;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import java.util.List;
import java.util.stream.Stream;

/** How much the person has taken, and how much was passed on to their roles. */
final class TakenTally implements Tally {

  private final Lookups lookups;

  TakenTally(Lookups lookups) {
    this.lookups = lookups;
  }

  @Override
  public List<TodayView.Line> lines(Visit visit, StaffPage page) {
    return visit.may(Right.MOVE)
        ? Stream.of(Whose.ME, Whose.ROLE).map(it -> line(it, visit, page)).toList()
        : List.of();
  }

  private TodayView.Line line(Whose whose, Visit visit, StaffPage page) {
    var lists = visit.holders(whose).stream().map(CardRow::takenBy).toList();
    return new TodayView.Line(
        page.text("staff.taken." + whose.code()),
        Today.upToMost(lookups.count(lists, Today.MOST + 1)),
        visit.may(Right.LIST) ? page.to("/staff/new?state=taken&by=" + whose.code()) : "");
  }
}
