package io.vestibule.storage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Forms;
import io.vestibule.storage.SettleHeld.Outcome;
import io.vestibule.store.AwsClients;
import io.vestibule.store.HeldSubmissions;
import io.vestibule.store.MailBreaker;
import io.vestibule.store.OpenSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * Driven by a schedule, with <code>{}</code>: wakes what has been open for too long. And by hand:
 * <code>{"release": "&lt;id&gt;"}</code> frees what is held, <code>{"reject": "&lt;id&gt;"}</code>
 * ends it.
 */
public final class ReconcileHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileHandler.class);

  private final ReconcileSubmissions reconcileSubmissions;
  private final SettleHeld settleHeld;

  public ReconcileHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public ReconcileHandler(Env env, Clock clock) {
    record Config(String submissions, String mailLimits) {}
    var config =
        env.read(
            from -> new Config(from.text("SUBMISSIONS_TABLE"), from.text("MAIL_LIMITS_TABLE")));
    var dynamoDb = AwsClients.dynamoDb(env);
    var submissions = new OpenSubmissions(dynamoDb, config.submissions());
    this.reconcileSubmissions =
        new ReconcileSubmissions(
            submissions,
            new NextSteps(new Forms()),
            new MailBreaker(dynamoDb, config.mailLimits()),
            clock,
            new SecureRandom());
    this.settleHeld =
        new SettleHeld(new HeldSubmissions(dynamoDb, config.submissions()), submissions, clock);
  }

  /**
   * Does what the event says, and tells what came of it.
   *
   * @throws IllegalArgumentException if it says anything else: a mistyped decision must not pass
   *     for a scheduled run
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> handle(event));
  }

  private Map<String, Object> handle(Map<String, String> event) {
    if (event.isEmpty()) {
      return reconcile();
    }
    if (event.size() == 1 && event.containsKey("release")) {
      return settle(event.getOrDefault("release", ""), settleHeld::release);
    }
    if (event.size() == 1 && event.containsKey("reject")) {
      return settle(event.getOrDefault("reject", ""), settleHeld::reject);
    }
    throw new IllegalArgumentException(
        "The event is neither {} nor {\"release\":\"<id>\"} nor {\"reject\":\"<id>\"}");
  }

  private Map<String, Object> reconcile() {
    var report = reconcileSubmissions.run();
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

  private static Map<String, Object> settle(String value, Function<RowId, Outcome> decision) {
    var id =
        RowId.parse(value)
            .orElseThrow(() -> new IllegalArgumentException("That is not the id of a submission"));
    MDC.put("correlation_id", id.value());
    Map<String, Object> result =
        switch (decision.apply(id)) {
          case Outcome.Released(var to) -> Map.of("outcome", "released", "status", to.name());
          case Outcome.Rejected() -> Map.of("outcome", "rejected");
          case Outcome.NotHeld(var status) ->
              Map.of("outcome", "not-held", "status", status.name());
          case Outcome.Unknown() -> Map.of("outcome", "unknown");
        };
    LOG.info("Decided by a person: {}", result);
    return result;
  }
}
