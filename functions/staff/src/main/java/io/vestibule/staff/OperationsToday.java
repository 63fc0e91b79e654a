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
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the first page says of deliveries, backups and drills to whoever looks after them. The page
 * is shown without what nobody can tell.
 */
record OperationsToday(LaneStates states, LastRuns runs) implements Tally {

  @Override
  public List<Line> lines(Visit visit, StaffPage page) {
    return visit.may(Right.OPERATE)
        ? List.of(
            new Line(
                page.text("staff.failed"),
                told(() -> Integer.toString(states.failed())),
                page.to(Place.DELIVERIES.path())),
            last("staff.last.backup", runs::backup, page),
            last("staff.last.passed", runs::passedDrill, page))
        : List.of();
  }

  private static Line last(String key, Supplier<Optional<Instant>> at, StaffPage page) {
    return new Line(
        page.text(key),
        told(() -> at.get().map(it -> page.page().time(it, "staff.day")).orElse("–")),
        page.to(Place.OPERATIONS.path()));
  }

  private static String told(Supplier<String> count) {
    try {
      return count.get();
    } catch (SdkException e) {
      return "?"; // The page of operations fails by it, which the log shows.
    }
  }
}
