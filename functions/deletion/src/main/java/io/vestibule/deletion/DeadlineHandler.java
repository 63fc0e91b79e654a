package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Retention;
import io.vestibule.store.people.CustomersByAge;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.rows.DueRequests;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driven by a schedule, once a day: whose request is due, which copies have expired, and who is to
 * be kept no longer.
 */
public final class DeadlineHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(DeadlineHandler.class);

  private final Service service;
  private final WatchDeadlines watchDeadlines;
  private final Disclosures disclosures;
  private final EndRetention endRetention;
  private final Clock clock;

  public DeadlineHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public DeadlineHandler(Env env, Clock clock) {
    record Config(Service service, ErasureParts.Config parts, int noticeDays, int erasuresPerDay) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    ErasureParts.Config.read(from),
                    from.count("RETENTION_NOTICE_DAYS"),
                    from.count("RETENTION_ERASURES_PER_DAY")));
    this.service = config.service();
    var parts = ErasureParts.of(env, config.parts(), clock);
    this.clock = clock;
    this.disclosures = parts.disclosures();
    this.watchDeadlines =
        new WatchDeadlines(new DueRequests(parts.dynamoDb(), config.parts().requests()), clock);
    this.endRetention =
        new EndRetention(
            new Retention(new Forms()),
            new CustomersByAge(parts.dynamoDb(), config.parts().customers()),
            parts.identities(),
            parts.customers(),
            List.of(parts.submissions(), parts.requests()),
            parts.eraseCustomer(),
            new RetentionNotice(parts.dynamoDb(), config.parts().mailLimits()),
            Duration.ofDays(config.noticeDays()),
            config.erasuresPerDay(),
            clock,
            new SecureRandom());
  }

  /**
   * Does everything once, and tells what came of it.
   *
   * @throws IllegalArgumentException if the event says anything
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    if (!event.isEmpty()) {
      throw new IllegalArgumentException("The event is not {}");
    }
    return service.run(
        context, () -> run(EraseCustomer.deadline(context.getRemainingTimeInMillis())));
  }

  private Map<String, Object> run(Deadline deadline) {
    var deadlines = watchDeadlines.run();
    Counter.REQUEST_HALF_DUE.add(deadlines.half());
    Counter.REQUEST_NEARLY_DUE.add(deadlines.nearly());
    Counter.REQUEST_OVERDUE.add(deadlines.overdue());
    int copies = disclosures.deleteExpired(clock.instant());
    var retention = endRetention.run(deadline);
    Counter.RETENTION_DUE.add(retention.due() - retention.erased());
    Counter.CUSTOMER_ERASED.add(retention.erased());
    LOG.info("Requests: {}; expired copies: {}; retention: {}", deadlines, copies, retention);
    return Map.of(
        "requests",
            Map.of(
                "young", deadlines.young(),
                "half", deadlines.half(),
                "nearly", deadlines.nearly(),
                "overdue", deadlines.overdue()),
        "expiredCopies", copies,
        "retention",
            Map.of(
                "due", retention.due(),
                "erased", retention.erased(),
                "from", retention.erasedFrom().map(Object::toString).orElse("")));
  }
}
