package io.vestibule.staff;

import io.vestibule.checkup.Alarms.Alarm;
import io.vestibule.checkup.Check;
import io.vestibule.checkup.DrillReports;
import io.vestibule.checkup.DrillReports.Found;
import io.vestibule.checkup.DrillReports.Report;
import io.vestibule.staff.operations.KeyAges;
import io.vestibule.staff.operations.SeenFromInside;
import io.vestibule.staff.page.OperationsView;
import io.vestibule.staff.page.OperationsView.Checked;
import io.vestibule.staff.page.OperationsView.Fact;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.roles.Right;
import io.vestibule.web.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The page of the installation: what ran last and what it found, which alarms have gone off, how
 * old keys are, and what the doctor can see from inside.
 */
final class OperationsPage implements Section {

  /** Drills come once a month. */
  private static final int DRILLS = 5;

  private final SeenFromInside inside;
  private final DrillReports reports;
  private final KeyAges keys;
  private final StaffPages pages;
  private final Clock clock;

  OperationsPage(
      SeenFromInside inside, DrillReports reports, KeyAges keys, StaffPages pages, Clock clock) {
    this.inside = inside;
    this.reports = reports;
    this.keys = keys;
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
    var seen = inside.look(clock.instant());
    var view =
        new OperationsView(
            seen.checks().stream().map(it -> checked(it, page)).toList(),
            seen.red().stream().map(OperationsPage::red).toList(),
            runs(page),
            told(() -> drills(page), List.of(unknownDrills(page))),
            keys(page));
    return pages.render(200, "operations", page, view);
  }

  private static Checked checked(Check check, StaffPage page) {
    return new Checked(
        page.text("staff.check." + check.name()),
        check.ok(),
        page.text(check.ok() ? "staff.check.ok" : "staff.check.wrong"),
        check.unknownBecause().isPresent()
            ? page.text("staff.check.unknown")
            : check.cure(page.page().wording()),
        check.unknownBecause().orElse(""));
  }

  private static Fact red(Alarm alarm) {
    return new Fact(alarm.name(), alarm.says());
  }

  private List<Fact> runs(StaffPage page) {
    var last = inside.runs().runs();
    return List.of(
        run("staff.last.backup", last::backup, page),
        run("staff.last.passed", last::passedDrill, page),
        run("staff.last.failed", last::failedDrill, page));
  }

  private static Fact run(String key, Supplier<Optional<Instant>> at, StaffPage page) {
    return new Fact(
        page.text(key),
        told(
            () -> at.get().map(it -> time(it, page)).orElseGet(() -> page.text("staff.never")),
            "?"));
  }

  /** Where AWS does not answer, the rest of the page is shown. */
  private static <T> T told(Supplier<T> asked, T otherwise) {
    try {
      return asked.get();
    } catch (SdkException e) {
      return otherwise;
    }
  }

  /** That nobody can read the reports must not look as if there were none. */
  private static Checked unknownDrills(StaffPage page) {
    return new Checked(
        page.text("staff.check.drill"),
        false,
        page.text("staff.check.wrong"),
        page.text("staff.check.unknown"),
        "");
  }

  private List<Checked> drills(StaffPage page) {
    return reports.newest(DRILLS).stream().map(it -> drill(it, page)).toList();
  }

  private static Checked drill(Report report, StaffPage page) {
    boolean passed = report.drill().passed();
    var found =
        report
            .found()
            .map(it -> found(it, report, page))
            .orElseGet(() -> page.text("staff.drill.unreadable"));
    var where =
        passed
            ? ""
            : " " + page.page().text("staff.drill.report", Map.of("report", report.drill().key()));
    return new Checked(
        time(report.drill().at(), page),
        passed,
        page.text(passed ? "staff.drill.passed" : "staff.drill.failed"),
        found + where,
        report.found().map(Found::refused).orElse(""));
  }

  private static String found(Found found, Report report, StaffPage page) {
    var name = report.drill().backup();
    if (!found.refused().isEmpty() && name.isEmpty()) {
      return page.text("staff.drill.no-backup");
    }
    var backup = report.backup().map(it -> time(it, page)).orElse(name);
    if (!found.refused().isEmpty()) {
      return page.page().text("staff.drill.refused", Map.of("backup", backup));
    }
    var halves = found.halves();
    var values =
        Map.of(
            "backup", backup,
            "items", Long.toString(found.items()),
            "restored", Long.toString(found.restored()),
            "opened", Long.toString(found.opened()),
            "failed", Long.toString(found.failed()),
            "resurrected", Long.toString(found.resurrected()),
            "kept", Long.toString(found.kept()),
            "halves",
                halves.isPresent()
                    ? Long.toString(halves.getAsLong())
                    : page.text("staff.drill.not-counted"));
    return page.page().text("staff.drill.found", values);
  }

  private List<Fact> keys(StaffPage page) {
    var sealing =
        told(
            () -> keys.ofSealing().map(it -> sealing(made(it, page), page)),
            Optional.of(sealing("?", page)));
    var links =
        told(
            () ->
                keys.ofLinks()
                    .map(it -> links(Integer.toString(it.version()), made(it.kind(), page), page)),
            Optional.of(links("?", "?", page)));
    return Stream.of(sealing, links).flatMap(Optional::stream).toList();
  }

  private static Fact sealing(String made, StaffPage page) {
    return new Fact(page.text("staff.key.sealing"), made);
  }

  private static Fact links(String version, String made, StaffPage page) {
    return new Fact(page.page().text("staff.key.links", Map.of("version", version)), made);
  }

  private static String made(KeyAges.Kind kind, StaffPage page) {
    return page.page()
        .text(
            "staff.key.made",
            Map.of(
                "time", time(kind.newest(), page),
                "older", Integer.toString(kind.older())));
  }

  private static String time(Instant at, StaffPage page) {
    return page.page().time(at, "staff.time");
  }
}
