package io.vestibule.staff;

import io.vestibule.checkup.LastRuns;
import io.vestibule.staff.operations.LaneStates;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.TodayView.Line;
import io.vestibule.staff.roles.Right;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the first page says of deliveries, backups and drills to whoever looks after them. */
record OperationsToday(LaneStates states, LastRuns runs) implements Tally {

  @Override
  public List<Line> lines(Visit visit, StaffPage page) {
    return visit.may(Right.OPERATE)
        ? List.of(
            new Line(
                page.text("staff.failed"),
                Integer.toString(states.failed()),
                page.to(Place.DELIVERIES.path())),
            last("staff.last.backup", runs.backup(), page),
            last("staff.last.passed", runs.passedDrill(), page))
        : List.of();
  }

  private static Line last(String key, Optional<Instant> at, StaffPage page) {
    return new Line(
        page.text(key),
        at.map(it -> page.page().time(it, "staff.day")).orElse("–"),
        page.to(Place.OPERATIONS.path()));
  }
}
