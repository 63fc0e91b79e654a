package io.vestibule.staff;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Timestamp;
import io.vestibule.staff.page.Place;
import io.vestibule.staff.page.RequestsView;
import io.vestibule.staff.page.StaffPage;
import io.vestibule.staff.page.StaffPages;
import io.vestibule.staff.page.TodayView;
import io.vestibule.staff.roles.Right;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.rows.AskedRequests;
import io.vestibule.store.rows.AskedRequests.Asked;
import io.vestibule.store.rows.RequestRecords;
import io.vestibule.web.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people ask about their own data, with the days that are left for it, and the same as a file.
 * Nobody is opened for it.
 */
final class RequestsPage implements Section, Tally {

  private static final String FILE = Place.REQUESTS.path() + ".csv";

  /** By each value of {@code open}. */
  private static final int AT_A_TIME = 50;

  /** So many fit into a file. */
  private static final int MOST = 20_000;

  private final AskedRequests requests;
  private final RequestRecords records;
  private final StaffAudit audit;
  private final StaffPages pages;
  private final Clock clock;

  RequestsPage(
      AskedRequests requests,
      RequestRecords records,
      StaffAudit audit,
      StaffPages pages,
      Clock clock) {
    this.requests = requests;
    this.records = records;
    this.audit = audit;
    this.pages = pages;
    this.clock = clock;
  }

  @Override
  public Optional<Reply> read(Visit visit) {
    var path = visit.request().path();
    if (path.equals(Place.REQUESTS.path())) {
      return visit.acting(Right.REQUESTS).map(it -> list(visit, it.name()));
    }
    return path.equals(FILE)
        ? visit.acting(Right.REQUESTS).map(it -> file(visit, it.name()))
        : Optional.empty();
  }

  private void record(Visit visit, String role, String list) {
    audit.lists(visit.session().in(role), list, visit.invocation(), clock.instant());
  }

  private Reply list(Visit visit, String role) {
    record(visit, role, "requests");
    var found = requests.oldest(after(visit), AT_A_TIME);
    var title = pages.language(visit.request()).text("staff.requests");
    var page = visit.page(pages, title, false);
    return pages.render(
        200,
        "requests",
        page,
        new RequestsView(
            found.requests().stream().map(it -> row(it, page)).toList(),
            page.to(FILE),
            RequestRecords.years(clock.instant()).reversed().stream()
                .map(it -> new RequestsView.Year(it, page.to(FILE + "?year=" + it)))
                .toList(),
            found
                .until()
                .map(it -> page.to(Place.REQUESTS.path() + "?after=" + Timestamp.of(it)))
                .orElse("")));
  }

  private static Instant after(Visit visit) {
    try {
      return visit.request().query("after").map(Timestamp::parse).orElse(Instant.EPOCH);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private RequestsView.Row row(Asked request, StaffPage page) {
    return new RequestsView.Row(
        request.kind().map(it -> page.text("staff.asks." + it.code())).orElse("–"),
        page.page().time(request.createdAt(), "staff.time"),
        request.dueAt().map(it -> left(it, page)).orElse("–"),
        request.dueAt().filter(it -> daysLeft(it) < 7).isPresent(),
        request.reason().isPresent()
            ? page.text("staff.held") + reason(request.reason().get(), page)
            : page.text("staff.asks.state." + request.status().name()),
        request.reason().isPresent() ? page.to(HeldRow.PATH + request.id()) : "");
  }

  private static String reason(HeldReason reason, StaffPage page) {
    return ": " + page.text("staff.held." + reason.code());
  }

  /** Whole days; on the last day there are none left, and later there are fewer than none. */
  private long daysLeft(Instant dueAt) {
    return Math.floorDiv(
        clock.instant().until(dueAt, ChronoUnit.SECONDS),
        ChronoUnit.DAYS.getDuration().toSeconds());
  }

  private String left(Instant dueAt, StaffPage page) {
    long days = daysLeft(dueAt);
    return days < 0
        ? page.text("staff.overdue")
        : page.page().text("staff.days", Map.of("days", Long.toString(days)));
  }

  /** How many wait for an answer, and how many days the first of them has left. */
  @Override
  public List<TodayView.Line> lines(Visit visit, StaffPage page) {
    if (!visit.may(Right.REQUESTS)) {
      return List.of();
    }
    var found = requests.oldest(Instant.EPOCH, AT_A_TIME);
    var first =
        found.requests().stream().flatMap(it -> it.dueAt().stream()).min(Instant::compareTo);
    return List.of(
        new TodayView.Line(
            page.text("staff.requests") + first.map(it -> " · " + left(it, page)).orElse(""),
            found.requests().size() + (found.until().isPresent() ? "+" : ""),
            page.to(Place.REQUESTS.path())));
  }

  /**
   * The record: words of ours, times and numbers only. Nothing in it was typed by anybody, so no
   * cell of it can be a formula, and none needs quotes. As long as a request has not ended, its own
   * row says more than what was written down of it.
   */
  private Reply file(Visit visit, String role) {
    var years = RequestRecords.years(clock.instant());
    var asked = visit.request().query("year");
    var of = years.stream().filter(it -> asked.filter(it.toString()::equals).isPresent()).toList();
    record(visit, role, "requests.csv" + of.stream().map(it -> " " + it).collect(joining()));
    return RequestsFile.of(
            (of.isEmpty() ? years : of).stream().flatMap(records::of),
            requests.all().filter(it -> of.isEmpty() || of.contains(year(it))),
            MOST)
        .map(this::file)
        .orElseGet(() -> visit.message(pages, 503, "staff.too-many"));
  }

  private static int year(Asked request) {
    return RequestRecords.year(request.createdAt());
  }

  private Reply file(List<Asked> all) {
    var csv =
        new StringBuilder(
            "number,asked,received,confirmed,due,state,held,ended,came,entered,second\r\n");
    all.forEach(it -> csv.append(line(it)).append("\r\n"));
    var day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    return Reply.file(
        "text/csv; charset=utf-8",
        "requests-%s.csv".formatted(day),
        csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(Asked request) {
    return String.join(
        ",",
        request.id().value(),
        request.kind().map(DataRequest.Kind::code).orElse(""),
        Timestamp.of(request.createdAt()),
        time(request.verifiedAt()),
        time(request.dueAt()),
        request.status().name(),
        request.reason().map(HeldReason::code).orElse(""),
        time(request.doneAt()),
        request.behalf().map(it -> it.channel().code()).orElse("form"),
        request.behalf().map(Behalf::enteredBy).orElse(""),
        request.behalf().flatMap(Behalf::confirmedBy).orElse(""));
  }

  private static String time(Optional<Instant> time) {
    return time.map(Timestamp::of).orElse("");
  }
}
