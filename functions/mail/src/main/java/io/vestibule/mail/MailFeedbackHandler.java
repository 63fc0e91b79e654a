package io.vestibule.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.Suppressions;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driven by SES through EventBridge: bounces and complaints. And by hand: <code>{"resume": "mail"}
 * </code> lets mails out at the full pace again after too many of those.
 */
public final class MailFeedbackHandler
    implements RequestHandler<Map<String, String>, Map<String, String>> {

  private static final Logger LOG = LoggerFactory.getLogger(MailFeedbackHandler.class);
  private static final Map<String, String> RESUME = Map.of("resume", "mail");

  private final Service service;
  private final MailBreaker breaker;
  private final Clock clock;
  private final RecordFeedback recordFeedback;

  public MailFeedbackHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public MailFeedbackHandler(Env env, Clock clock) {
    record Config(Service service, Tables tables) {}
    var config =
        env.read(from -> new Config(Service.read(from), Tables.read(from, Table.MAIL_LIMITS)));
    this.service = config.service();
    String table = config.tables().name(Table.MAIL_LIMITS);
    var dynamoDb = AwsClients.dynamoDb(env);
    this.clock = clock;
    this.breaker = new MailBreaker(dynamoDb, table);
    this.recordFeedback = new RecordFeedback(new Suppressions(dynamoDb, table), breaker, clock);
  }

  /**
   * Does what the event says, and tells what came of it.
   *
   * @throws IllegalArgumentException if it says anything else
   */
  @Override
  public Map<String, String> handleRequest(Map<String, String> event, Context context) {
    return service.run(
        context, () -> event.equals(RESUME) ? resume() : record(Feedback.read(event)));
  }

  private Map<String, String> resume() {
    var outcome = breaker.close(clock.instant()) ? "resumed" : "not-paused";
    LOG.info("Decided by a person: {}", outcome);
    return Map.of("outcome", outcome);
  }

  private Map<String, String> record(Feedback feedback) {
    var consequence = recordFeedback.record(feedback);
    LOG.info("{} of message {}: {}", feedback.kind(), feedback.message(), consequence);
    switch (consequence) {
      case NOTHING -> {}
      case SUPPRESSED -> Counter.MAILBOX_SUPPRESSED.increment();
      case FORM_SLOWED, FORM_STOPPED, ALL_MAIL_SLOWED -> {
        Counter.MAILBOX_SUPPRESSED.increment();
        Counter.MAIL_PAUSED.increment();
      }
      case ALL_MAIL_STOPPED -> {
        Counter.MAILBOX_SUPPRESSED.increment();
        Counter.MAIL_PAUSED.increment();
        Counter.MAIL_STOPPED.increment();
      }
    }
    return Map.of("outcome", consequence.name());
  }
}
