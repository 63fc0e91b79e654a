package io.vestibule.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Law;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.AwsClients;
import io.vestibule.store.StreamBatch;
import io.vestibule.store.TimeLimits;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.MailLimits;
import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.MailRefusals;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.people.ErasedMarkers;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.SubmissionRow;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * Driven by the streams of submissions and requests: mails the link of each new one. It is the only
 * function that may send mail.
 */
public final class MailerHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(MailerHandler.class);

  /** Less than the function's time, so that a slow SES is told from a dead function. */
  private static final Duration SES_ANSWERS = Duration.ofSeconds(15);

  private final Service service;
  private final Map<String, Consumer<Map<String, AttributeValue>>> workers;
  private final Clock clock;

  public MailerHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public MailerHandler(Env env, Clock clock) {
    record Config(
        Service service,
        String submissions,
        String requests,
        String identities,
        String sealingKeys,
        String systemKeys,
        String mailLimits,
        String keysetKeyArn,
        int mailsPerMailboxAndDay,
        int mailsPerFormAndHour,
        String senderAddress,
        String configurationSet,
        String publicUrl,
        Law law,
        int piplDays) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("REQUESTS_TABLE"),
                    from.text("IDENTITIES_TABLE"),
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("MAIL_LIMITS_TABLE"),
                    from.text("KEYSET_KEY_ARN"),
                    from.count("MAILS_PER_MAILBOX_AND_DAY"),
                    from.count("MAILS_PER_FORM_AND_HOUR"),
                    from.text("SENDER_ADDRESS"),
                    from.text("CONFIGURATION_SET"),
                    from.text("PUBLIC_URL"),
                    from.oneOf("LAW", Law.class),
                    from.count("PIPL_DAYS")));
    this.service = config.service();
    var dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, config.systemKeys());
    var business = Business.load();
    var ses =
        AwsClients.configure(SesV2Client.builder(), env)
            .overrideConfiguration(
                override ->
                    override
                        // A mail sent again because its answer got lost is a second mail: that is
                        // for the stream's redelivery to decide, which sees the lease.
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .apiCallTimeout(TimeLimits.of(env).limit(SES_ANSWERS)))
            .build();
    var emailIndex = new EmailIndex(systemKeys, keysetKey, clock);
    var forms = new Forms();
    var opener =
        new SubmissionOpener(
            new SealingKeys(dynamoDb, config.sealingKeys()), keysetKey, forms, clock);
    var letters =
        new Letters(
            emailIndex, business, URI.create(config.publicUrl()), config.law(), config.piplDays());
    var linkTokens = new LinkTokens(systemKeys, keysetKey, clock);
    var heldData =
        new HeldData(
            dynamoDb, config.identities(), List.of(config.submissions(), config.requests()));
    var erased = new ErasedMarkers(dynamoDb, config.mailLimits());
    var stops = new MailStops(dynamoDb, config.mailLimits());
    var breaker = new MailBreaker(dynamoDb, config.mailLimits());
    var sender =
        new MailSender(ses, business.sender(), config.senderAddress(), config.configurationSet());
    this.clock = clock;
    this.workers = new HashMap<>();
    for (var destination : Destination.values()) {
      var table = destination.choose(config.submissions(), config.requests());
      var limits =
          new MailLimits(
              config.mailLimits(),
              destination,
              config.mailsPerMailboxAndDay(),
              config.mailsPerFormAndHour());
      var sendConfirmation =
          new SendConfirmation(
              opener,
              letters,
              emailIndex,
              linkTokens,
              erased,
              heldData,
              stops,
              new Mailings(dynamoDb, table, limits),
              new MailRefusals(dynamoDb, table, forms),
              breaker,
              sender,
              clock);
      var quarantine = new Quarantine(dynamoDb, table, forms);
      workers.put(table, item -> handle(destination, item, sendConfirmation, quarantine));
    }
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return service.run(context, () -> StreamBatch.inOrder(event, workers));
  }

  private void handle(
      Destination table,
      Map<String, AttributeValue> item,
      SendConfirmation sendConfirmation,
      Quarantine quarantine) {
    SubmissionRow.read(table, item)
        .ifPresentOrElse(
            row -> {
              if (row.status() == Status.PENDING) {
                send(row, sendConfirmation);
              }
            },
            () -> {
              LOG.error("A row that intake did not write", OperatorCode.ROW_FORGED.entry());
              Counter.SUBMISSION_FORGED.increment();
              quarantine.hold(item, Status.PENDING, HeldReason.UNREADABLE, clock.instant());
            });
  }

  private static void send(SubmissionRow row, SendConfirmation sendConfirmation) {
    switch (sendConfirmation.send(row)) {
      case SendConfirmation.Outcome.Sent(var budget) -> {
        LOG.info("Mailed");
        Counter.MAIL_SENT.increment();
        if (budget == Budget.CUSTOMERS) {
          Counter.MAIL_OVER_BUDGET.increment();
        }
      }
      case SendConfirmation.Outcome.NothingHeld() -> {
        LOG.info("Mailed that nothing is held");
        Counter.MAIL_SENT.increment();
        Counter.NOTHING_HELD.increment();
      }
      case SendConfirmation.Outcome.Erased() -> {
        LOG.info("Covered by an erasure");
        Counter.SUBMISSION_ERASED.increment();
      }
      case SendConfirmation.Outcome.Held(var reason) -> {
        LOG.warn("Held: {}", reason.code(), OperatorCode.SUBMISSION_HELD.entry());
        Counter.SUBMISSION_HELD.increment();
        count(reason);
      }
      case SendConfirmation.Outcome.LinkKept(var reason) -> {
        LOG.warn("No new link: {}", reason.code(), OperatorCode.LINK_KEPT.entry());
        count(reason);
      }
      case SendConfirmation.Outcome.Settled() -> LOG.info("Nothing to mail any more");
      case SendConfirmation.Outcome.TryAgain(var cause) -> {
        Counter.MAIL_DELAYED.increment();
        throw new NotMailedYet(cause.orElse(null));
      }
    }
  }

  /** What a person should hear of at once. */
  private static void count(HeldReason reason) {
    switch (reason) {
      case BUDGET -> Counter.MAIL_OVER_BUDGET.increment();
      case PAUSED -> Counter.MAIL_PAUSED.increment();
      case SPAM, CAPPED, SUPPRESSED, UNREADABLE, FORGED, TOO_LARGE, MAIL_FAILED -> {}
    }
  }
}
