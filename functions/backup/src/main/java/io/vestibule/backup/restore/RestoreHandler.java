package io.vestibule.backup.restore;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.CompareVersions;
import io.vestibule.backup.CompareVersions.Ages;
import io.vestibule.backup.RefusedBackup;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.store.Redacted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores, by hand only: <code>{"backup": "latest" or an id, "into": "live" or a new table's name,
 * "dryRun": false}</code>; and <code>{"table": "identities", "from": "a recovered table"}</code>;
 * both with <code>"overrule": [numbers]</code>. The tables' names are put behind the prefix of
 * tables that are restored.
 */
public final class RestoreHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreHandler.class);

  /** To answer what was restored, if there is no time to compare it. */
  private static final Duration RESERVE = Duration.ofSeconds(30);

  private final Service service;
  private final RestoreCustomers restoreCustomers;
  private final RestoreIdentities restoreIdentities;
  private final CompareVersions compareVersions;
  private final String live;
  private final String tablesPrefix;
  private final Clock clock;

  public RestoreHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public RestoreHandler(Env env, Clock clock) {
    var wiring = new RestoreWiring(env, clock);
    this.service = wiring.service;
    this.restoreCustomers = wiring.restoreCustomers;
    this.restoreIdentities = wiring.restoreIdentities;
    this.compareVersions = wiring.compareVersions;
    this.live = wiring.live;
    this.tablesPrefix = wiring.tablesPrefix;
    this.clock = clock;
  }

  /**
   * Does what the event says.
   *
   * @throws IllegalArgumentException if it says anything else
   * @throws RefusedBackup if the backup is not what was written, or not all of it
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return service.run(
        context,
        () -> {
          Instant start = clock.instant();
          var deadline =
              Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE));
          var order = RestoreOrder.read(event).behind(tablesPrefix);
          var report = restore(order);
          return answer(order, report, ages(order, deadline), start);
        });
  }

  private RestoreReport restore(RestoreOrder order) {
    return switch (order) {
      case RestoreOrder.Customers customers -> restoreCustomers.run(customers);
      case RestoreOrder.Identities identities -> restoreIdentities.run(identities);
    };
  }

  /** What was restored stays so, and is answered, whether it can be compared or not. */
  private Optional<Ages> ages(RestoreOrder order, Deadline deadline) {
    return switch (order) {
      case RestoreOrder.Customers customers when customers.dryRun() -> Optional.empty();
      case RestoreOrder.Customers customers -> ages(customers.into().orElse(live), deadline);
      case RestoreOrder.Identities _ -> ages(live, deadline);
    };
  }

  private Optional<Ages> ages(String customers, Deadline deadline) {
    try {
      return compareVersions
          .known(deadline)
          .flatMap(known -> compareVersions.of(customers, known, deadline));
    } catch (RuntimeException e) {
      var code = OperatorCode.VERSIONS_NOT_COMPARED.entry();
      LOG.error("What was restored could not be compared", code, new Redacted(e));
      return Optional.empty();
    }
  }

  private Map<String, Object> answer(
      RestoreOrder order, RestoreReport report, Optional<Ages> ages, Instant start) {
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
    answer.put("seconds", Duration.between(start, clock.instant()).toMillis() / 1000.0);
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
