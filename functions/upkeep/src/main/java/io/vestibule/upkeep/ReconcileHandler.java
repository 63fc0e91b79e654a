package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Gauge;
import io.vestibule.core.RowId;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.AwsClients;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.SubmissionLedger;
import io.vestibule.upkeep.SettleHeld.Outcome;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Driven by schedules: wakes what has been open for too long, and does the books of the day. By
 * hand, it carries out what a person decides about what is held: see {@link ReconcileRequest}.
 */
public final class ReconcileHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileHandler.class);

  private final Service service;
  private final Desk submissions;
  private final Desk requests;
  private final MailBreaker breaker;
  private final KeepBooks keepBooks;
  private final Clock clock;

  public ReconcileHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public ReconcileHandler(Env env, Clock clock) {
    record Config(Service service, String submissions, String requests, String mailLimits) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("REQUESTS_TABLE"),
                    from.text("MAIL_LIMITS_TABLE")));
    this.service = config.service();
    var dynamoDb = AwsClients.dynamoDb(env);
    var forms = new Forms();
    var nextSteps = new NextSteps(forms);
    this.breaker = new MailBreaker(dynamoDb, config.mailLimits());
    var random = new SecureRandom();
    this.submissions = Desk.of(dynamoDb, config.submissions(), nextSteps, clock, random);
    this.requests = Desk.of(dynamoDb, config.requests(), nextSteps, clock, random);
    this.keepBooks =
        new KeepBooks(
            List.of(
                new SubmissionLedger(dynamoDb, config.submissions()),
                new SubmissionLedger(dynamoDb, config.requests())),
            forms);
    this.clock = clock;
  }

  /**
   * Does what the event says, and tells what came of it.
   *
   * @throws IllegalArgumentException if it says nothing that there is
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    return service.run(context, () -> handle(ReconcileRequest.parse(event)));
  }

  private Map<String, Object> handle(ReconcileRequest request) {
    return switch (request) {
      case ReconcileRequest.Wake() -> reconcile();
      case ReconcileRequest.Release(var id) -> settled(id, desk(id).settleHeld().release(id));
      case ReconcileRequest.Reject(var id) -> settled(id, desk(id).settleHeld().reject(id));
      case ReconcileRequest.ReleaseAll(var reason, var form) ->
          settled("released", desk(form).settleAllHeld().release(reason, form));
      case ReconcileRequest.RejectAll(var reason, var form) ->
          settled("rejected", desk(form).settleAllHeld().reject(reason, form));
      case ReconcileRequest.BooksOfYesterday() -> {
        var books = keepBooks.of(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1));
        books.forEach(ReconcileHandler::publish);
        yield tell(books);
      }
      case ReconcileRequest.BooksOf(var day) -> tell(keepBooks.of(day));
    };
  }

  /** What is done to the rows of one table. */
  private record Desk(
      ReconcileSubmissions reconcile, SettleHeld settleHeld, SettleAllHeld settleAllHeld) {

    static Desk of(
        DynamoDbClient dynamoDb,
        String table,
        NextSteps nextSteps,
        Clock clock,
        RandomGenerator random) {
      var open = new OpenSubmissions(dynamoDb, table);
      var held = new HeldSubmissions(dynamoDb, table);
      return new Desk(
          new ReconcileSubmissions(open, nextSteps, clock, random),
          new SettleHeld(held, open, clock),
          new SettleAllHeld(held, open, clock));
    }
  }

  private Desk desk(RowId id) {
    return id.destination().choose(submissions, requests);
  }

  /** By the form's name, as it may be gone while something of it is still held. */
  private Desk desk(String form) {
    return form.equals(Form.PRIVACY) ? requests : submissions;
  }

  private Map<String, Object> reconcile() {
    boolean isMailPaused = breaker.isOpen();
    var report =
        submissions.reconcile().run(isMailPaused).plus(requests.reconcile().run(isMailPaused));
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

  private static Map<String, Object> settled(RowId id, Outcome outcome) {
    MDC.put("correlation_id", id.value());
    Map<String, Object> result =
        switch (outcome) {
          case Outcome.Released(var to) -> Map.of("outcome", "released", "status", to.name());
          case Outcome.Rejected() -> Map.of("outcome", "rejected");
          case Outcome.NotHeld(var status) ->
              Map.of("outcome", "not-held", "status", status.name());
          case Outcome.Unknown() -> Map.of("outcome", "unknown");
        };
    LOG.info("Decided by a person: {}", result);
    return result;
  }

  private static Map<String, Object> settled(String outcome, SettleAllHeld.Report report) {
    Map<String, Object> result =
        Map.of("outcome", outcome, "count", report.settled(), "more", report.more());
    LOG.info("Decided by a person: {}", result);
    return result;
  }

  private static void publish(DayBook book) {
    Gauge.BOOKS.publish(book.form(), book.counts());
  }

  private static Map<String, Object> tell(List<DayBook> books) {
    LOG.info("Books: {}", books);
    return Map.of("books", books.stream().map(DayBook::toJson).toList());
  }
}
