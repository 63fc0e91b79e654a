package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.deletion.retain.DailyEntries;
import io.vestibule.deletion.retain.EndRetention;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.Disclosures;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driven by a schedule, once a day: whose request is due, which copies have expired, who and what
 * is to be kept no longer, which entries of the ledger are not signed yet, and what there was of
 * requests.
 */
public final class DeadlineHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(DeadlineHandler.class);

  private final Service service;
  private final WatchDeadlines watchDeadlines;
  private final RecordRequests recordRequests;
  private final Disclosures disclosures;
  private final EndRetention endRetention;
  private final DailyEntries dailyEntries;
  private final SignLedger signLedger;
  private final Clock clock;

  public DeadlineHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public DeadlineHandler(Env env, Clock clock) {
    var wiring = new DeadlineWiring(env, clock);
    this.service = wiring.service;
    this.watchDeadlines = wiring.watchDeadlines;
    this.recordRequests = wiring.recordRequests;
    this.disclosures = wiring.disclosures;
    this.endRetention = wiring.endRetention;
    this.dailyEntries = wiring.dailyEntries;
    this.signLedger = wiring.signLedger;
    this.clock = clock;
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

  /** Each part has its turn, whatever fails about another; then the run fails. */
  Map<String, Object> run(Deadline deadline) {
    var deadlines = watchDeadlines.run();
    deadlines.count();
    int copies = disclosures.deleteExpired(clock.instant());
    var people = new OneByOne();
    var parts = new OneByOne();
    var retention =
        parts.attempt(() -> endRetention.run(deadline, people), EndRetention.Report.NOBODY);
    var entries = dailyEntries.run(deadline, people, parts);
    Counter.RETENTION_DUE.add(retention.due() - retention.erased() + entries.over().waiting());
    int signed = parts.attempt(() -> signLedger.run(deadline), 0);
    // The last: strangers fill the table that it reads.
    int recorded = parts.attempt(() -> recordRequests.run(deadline), 0);
    LOG.info("Requests: {}; written down: {}", deadlines, recorded);
    LOG.info("Expired copies: {}; retention: {}", copies, retention);
    LOG.info("Entries whose time is over, and that erasures had left: {}", entries);
    LOG.info("Entries of the ledger signed: {}", signed);
    people.end();
    parts.end();
    return Map.of(
        "requests", deadlines.answer(),
        "recorded", recorded,
        "expiredCopies", copies,
        "entries", entries.answer(),
        "retention", retention.answer());
  }
}
