package io.vestibule.staff;

import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckKeys;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import io.vestibule.staff.page.OperationsView;
import io.vestibule.staff.page.OperationsView.Checked;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The page of the installation: what ran last, and what the doctor can see from inside. */
final class OperationsPage implements Section {

  private final CheckRuns runs;
  private final CheckKeys keys;
  private final CheckLanes lanes;
  private final StaffPages pages;
  private final Clock clock;

  OperationsPage(CheckRuns runs, CheckKeys keys, CheckLanes lanes, StaffPages pages, Clock clock) {
    this.runs = runs;
    this.keys = keys;
    this.lanes = lanes;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    return visit.request().path().equals(Place.OPERATIONS.path()) && visit.may(Right.OPERATE)
        ? Optional.of(show(visit))
        : Optional.empty();
  }

  private Reply show(Visit visit) {
    var title = pages.language(visit.request()).text(Place.OPERATIONS.key());
    var page = visit.page(pages, title, false);
    var now = clock.instant();
    var last = runs.runs();
    var times =
        List.of(
            run("staff.last.backup", last.backup(), page),
            run("staff.last.passed", last.passedDrill(), page),
            run("staff.last.failed", last.failedDrill(), page));
    var checks =
        Stream.of(runs.backup(now), runs.drill(now), keys.run(), lanes.run())
            .map(it -> checked(it, page))
            .toList();
    return pages.render(200, "operations", page, new OperationsView(times, checks));
  }

  private static OperationsView.Run run(String key, Optional<Instant> at, StaffPage page) {
    return new OperationsView.Run(
        page.text(key),
        at.map(it -> page.page().time(it)).orElseGet(() -> page.text("staff.never")));
  }

  private static Checked checked(Check check, StaffPage page) {
    return new Checked(
        page.text("staff.check." + check.name()),
        page.text(check.ok() ? "staff.check.ok" : "staff.check.wrong"),
        check.cure(page.page().wording()));
  }
}
