package io.vestibule.staff.lookups;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Driven by a schedule, once a day: makes lookups that are missing. By hand, it makes all anew. */
public final class LookupsHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(LookupsHandler.class);

  /** Longer than a call of AWS takes with all its attempts. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private final Service service;
  private final RunLookups runLookups;

  /** For Lambda. */
  public LookupsHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Everything that it needs, from its environment. */
  public LookupsHandler(Env env, Clock clock) {
    var wiring = LookupsWiring.of(env, clock);
    this.service = wiring.service();
    this.runLookups = wiring.runLookups();
  }

  /**
   * Does what the event says, and tells how far it is.
   *
   * @throws IllegalArgumentException if it says nothing that there is
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    return service.run(
        context,
        () -> {
          var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
          var looked =
              runLookups.run(LookupsOrder.read(event), Deadline.in(remaining.minus(RESERVE)));
          LOG.info("Lookups: {}", looked);
          return looked.answer();
        });
  }
}
