package io.vestibule.upkeep;

import io.vestibule.core.Counter;
import io.vestibule.core.Gauge;
import io.vestibule.core.RowId;
import java.util.List;
import java.util.Map;
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
    Map<String, Object> result =
        switch (settlement) {
          case Settlement.Released(var to) -> Map.of("outcome", "released", "status", to.name());
          case Settlement.Rejected() -> Map.of("outcome", "rejected");
          case Settlement.NotHeld(var status) ->
              Map.of("outcome", "not-held", "status", status.name());
          case Settlement.Unknown() -> Map.of("outcome", "unknown");
        };
    LOG.info("Decided by a person: {}", result);
    return result;
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
