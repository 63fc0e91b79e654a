package io.vestibule.backup.restore;

import io.vestibule.backup.CompareVersions.Ages;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What whoever ordered a restore is answered, in members of JSON. */
final class RestoreAnswer {

  private RestoreAnswer() {}

  static Map<String, Object> of(
      RestoreOrder order, RestoreReport report, Optional<Ages> ages, Duration took) {
    var answer = new LinkedHashMap<String, Object>();
    answer.putAll(counts(report.counts()));
    if (order instanceof RestoreOrder.Identities) {
      answer.put("unnumbered", report.unnumbered());
    }
    if (order instanceof RestoreOrder.Customers customers && customers.dryRun()) {
      answer.put("wouldGo", List.copyOf(report.wouldGo()));
    }
    report.entries().ifPresent(counts -> answer.put("entries", entries(counts)));
    ages.ifPresent(
        it -> {
          answer.put("decisions", it.restored());
          answer.put("recovered", it.recovered());
        });
    answer.put("seconds", took.toMillis() / 1000.0);
    return answer;
  }

  private static Map<String, Long> counts(RowCounts counts) {
    var answer = new LinkedHashMap<String, Long>();
    answer.put("restored", counts.restored());
    answer.put("skipped", counts.skipped());
    answer.put("erased", counts.leftOut().erased());
    answer.put("invalid", counts.leftOut().invalid());
    return answer;
  }

  private static Map<String, Long> entries(RowCounts counts) {
    var answer = counts(counts);
    answer.put("over", counts.leftOut().over());
    answer.put("unowned", counts.leftOut().unowned());
    return answer;
  }
}
