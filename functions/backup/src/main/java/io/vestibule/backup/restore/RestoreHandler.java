package io.vestibule.backup.restore;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.RefusedBackup;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Restores, by hand only: <code>{"backup": "latest" or an id, "into": "live" or a new table's name,
 * "dryRun": false}</code>; and <code>{"table": "identities", "from": "a recovered table"}</code>;
 * both with <code>"overrule": [numbers]</code>. The tables' names are put behind the prefix of
 * tables that are restored.
 */
public final class RestoreHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  /** To answer what was restored, if there is no time to compare it. */
  private static final Duration RESERVE = Duration.ofSeconds(30);

  private final Service service;
  private final RestoreCustomers restoreCustomers;
  private final RestoreIdentities restoreIdentities;
  private final RestoredAges restoredAges;
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
    this.restoredAges = wiring.restoredAges;
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
          return RestoreAnswer.of(
              order,
              report,
              restoredAges.after(order, deadline),
              Duration.between(start, clock.instant()));
        });
  }

  private RestoreReport restore(RestoreOrder order) {
    return switch (order) {
      case RestoreOrder.Customers customers -> restoreCustomers.run(customers);
      case RestoreOrder.Identities identities -> restoreIdentities.run(identities);
    };
  }
}
