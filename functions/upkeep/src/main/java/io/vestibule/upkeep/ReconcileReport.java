package io.vestibule.upkeep;

import io.vestibule.core.Counter;
import io.vestibule.core.Gauge;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.store.rows.OpenRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs and counts what was done, and tells it to whoever asked. */
final class ReconcileReport {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileReport.class);

  private ReconcileReport() {}

  static Map<String, Object> woken(ReconcileSubmissions.Report report) {
    Counter.RECONCILED.increment();
    Counter.SUBMISSION_TOUCHED.add(report.woken());
    Counter.SUBMISSION_STUCK.add(report.stuck());
    LOG.info("Woken: {}, stuck: {}", report.woken(), report.stuck());
    return Map.of(
        "touched", report.touched(),
        "mailedAgain", report.mailedAgain(),
        "unheld", report.unheld(),
        "stuck", report.stuck());
  }

  static Map<String, Object> settled(RowId id, Settlement settlement) {
    MDC.put("correlation_id", id.value());
    Map<String, Object> result = outcome(settlement);
    LOG.info("Decided by a person: {}", result);
    return result;
  }

  private static Map<String, Object> outcome(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Released(var to) -> Map.of("outcome", "released", "status", to.name());
      case Settlement.Rejected() -> Map.of("outcome", "rejected");
      case Settlement.NotHeld(var status) -> Map.of("outcome", "not-held", "status", status.name());
      case Settlement.Unknown() -> Map.of("outcome", "unknown");
    };
  }

  /** What came of each; of one that failed, so much. */
  static Map<String, Object> decided(Map<RowId, Optional<Settlement>> settled) {
    var all = new TreeMap<String, Object>();
    settled.forEach(
        (id, it) ->
            all.put(
                id.value(), it.map(ReconcileReport::outcome).orElse(Map.of("outcome", "failed"))));
    LOG.info("Decided by a person: {}", all);
    return Map.of("decided", all);
  }

  static Map<String, Object> counted(ListHeld.Counts counts) {
    return Map.of(
        "counts",
        counts.counts().stream()
            .map(it -> Map.of("form", it.form(), "reason", it.reason(), "count", it.count()))
            .toList(),
        "more",
        counts.more());
  }

  static Map<String, Object> listed(ListHeld.Page page) {
    var answer = new HashMap<String, Object>();
    answer.put("held", page.rows().stream().map(ReconcileReport::held).toList());
    page.after().ifPresent(after -> answer.put("after", Timestamp.of(after)));
    return answer;
  }

  /** Times, and what the row is of: nothing that anybody typed. */
  private static Map<String, Object> held(OpenRow row) {
    var told = new HashMap<String, Object>();
    told.put("id", row.id().value());
    told.put("form", row.form());
    told.put("reason", row.reason().orElse(""));
    told.put("createdAt", Timestamp.of(row.createdAt()));
    told.put("confirmed", row.verifiedAt().isPresent());
    row.expiresAt()
        .filter(_ -> row.verifiedAt().isEmpty())
        .ifPresent(at -> told.put("endsAt", Timestamp.of(at)));
    return told;
  }

  static Map<String, Object> settled(String outcome, SettleAllHeld.Report report) {
    Map<String, Object> result =
        Map.of("outcome", outcome, "count", report.settled(), "more", report.more());
    LOG.info("Decided by a person: {}", result);
    return result;
  }

  /** As metrics too: of a day that has ended, once. */
  static Map<String, Object> published(List<DayBook> books) {
    books.forEach(book -> Gauge.BOOKS.publish(book.form(), book.counts()));
    return told(books);
  }

  static Map<String, Object> told(List<DayBook> books) {
    LOG.info("Books: {}", books);
    return Map.of("books", books.stream().map(DayBook::toJson).toList());
  }
}
