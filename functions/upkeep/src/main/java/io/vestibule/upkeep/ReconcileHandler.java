package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.store.OneByOne;
import io.vestibule.store.mail.Breakers;
import io.vestibule.store.mail.MailBreaker;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driven by schedules: wakes what has been open for too long, and does the books of the day. By
 * hand, it carries out what a person decides about what is held: see {@link ReconcileRequest}.
 */
public final class ReconcileHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileHandler.class);

  private static final int WEEK = 7;

  private final Service service;
  private final Desks desks;
  private final MailBreaker breaker;
  private final KeepBooks keepBooks;
  private final AskForWork askForWork;
  private final Clock clock;

  public ReconcileHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public ReconcileHandler(Env env, Clock clock) {
    var wiring = new ReconcileWiring(env, clock);
    this.service = wiring.service();
    this.desks = wiring.desks();
    this.breaker = wiring.breaker();
    this.keepBooks = wiring.keepBooks();
    this.askForWork = wiring.askForWork();
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
      case ReconcileRequest.Wake() -> wake();
      case ReconcileRequest.Release(var id) ->
          ReconcileReport.settled(id, desks.of(id).settleHeld().release(id));
      case ReconcileRequest.Reject(var id) ->
          ReconcileReport.settled(id, desks.of(id).settleHeld().reject(id));
      case ReconcileRequest.ReleaseAll(var reason, var form) ->
          ReconcileReport.settled("released", desks.of(form).settleAllHeld().release(reason, form));
      case ReconcileRequest.RejectAll(var reason, var form) ->
          ReconcileReport.settled("rejected", desks.of(form).settleAllHeld().reject(reason, form));
      case ReconcileRequest.ReleaseSome(var reason, var ids) ->
          ReconcileReport.decided(desks.settleSome().release(reason, ids));
      case ReconcileRequest.RejectSome(var reason, var ids) ->
          ReconcileReport.decided(desks.settleSome().reject(reason, ids));
      case ReconcileRequest.CountHeld() -> ReconcileReport.counted(desks.listHeld().count());
      case ReconcileRequest.ListHeld(var reason, var after) ->
          ReconcileReport.listed(desks.listHeld().page(reason, after));
      case ReconcileRequest.BooksOfYesterday() ->
          ReconcileReport.published(keepBooks.of(today().minusDays(1)));
      case ReconcileRequest.BooksOfWeek() ->
          ReconcileReport.told(keepBooks.of(today().minusDays(WEEK), WEEK));
      case ReconcileRequest.BooksOf(var day) -> ReconcileReport.told(keepBooks.of(day));
    };
  }

  /** What fails about the forms keeps no row from being woken: the run fails after that. */
  private Map<String, Object> wake() {
    var breakers = breakers();
    var oneByOne = new OneByOne();
    boolean _ = oneByOne.attempt(() -> askForWork.hasChanged(), false);
    var report = desks.reconcile(breakers);
    oneByOne.end();
    return ReconcileReport.woken(report);
  }

  private Breakers breakers() {
    var breakers = breaker.read();
    if (breakers.equals(Breakers.UNREADABLE)) {
      LOG.error("A breaker that none of ours wrote", OperatorCode.BREAKER_UNREADABLE.entry());
      Counter.MAIL_STOPPED.increment();
    }
    return breakers;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
