package io.vestibule.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.AwsClients;
import io.vestibule.store.MailBreaker;
import io.vestibule.store.MailLimits;
import io.vestibule.store.MailRefusals;
import io.vestibule.store.MailStops;
import io.vestibule.store.Mailings;
import io.vestibule.store.Quarantine;
import io.vestibule.store.SealingKeys;
import io.vestibule.store.StreamBatch;
import io.vestibule.store.SubmissionRow;
import io.vestibule.store.SystemKeys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/** Driven by the stream of the submissions table: mails the link of each new submission. */
public final class MailerHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private static final Logger LOG = LoggerFactory.getLogger(MailerHandler.class);

  /** Less than the function's time, so that a slow SES is told from a dead function. */
  private static final Duration SES_ANSWERS = Duration.ofSeconds(15);

  private final SendConfirmation sendConfirmation;
  private final Quarantine quarantine;
  private final Clock clock;

  public MailerHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public MailerHandler(Env env, Clock clock) {
    record Config(
        String submissions,
        String sealingKeys,
        String systemKeys,
        String mailLimits,
        String keysetKeyArn,
        int mailsPerMailboxAndDay,
        int mailsPerFormAndHour,
        String senderAddress,
        String configurationSet,
        String publicUrl) {}
    var config =
        env.read(
            from ->
                new Config(
                    from.text("SUBMISSIONS_TABLE"),
                    from.text("SEALING_KEYS_TABLE"),
                    from.text("SYSTEM_KEYS_TABLE"),
                    from.text("MAIL_LIMITS_TABLE"),
                    from.text("KEYSET_KEY_ARN"),
                    from.count("MAILS_PER_MAILBOX_AND_DAY"),
                    from.count("MAILS_PER_FORM_AND_HOUR"),
                    from.text("SENDER_ADDRESS"),
                    from.text("CONFIGURATION_SET"),
                    from.text("PUBLIC_URL")));
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
                        .apiCallTimeout(SES_ANSWERS))
            .build();
    this.clock = clock;
    this.quarantine = new Quarantine(dynamoDb, config.submissions());
    this.sendConfirmation =
        new SendConfirmation(
            new SubmissionOpener(
                new SealingKeys(dynamoDb, config.sealingKeys()), keysetKey, new Forms(), clock),
            new EmailIndex(systemKeys, keysetKey, clock),
            new LinkTokens(systemKeys, keysetKey, clock),
            new MailStops(dynamoDb, config.mailLimits()),
            new Mailings(
                dynamoDb,
                config.submissions(),
                new MailLimits(
                    config.mailLimits(),
                    config.mailsPerMailboxAndDay(),
                    config.mailsPerFormAndHour())),
            new MailRefusals(dynamoDb, config.submissions()),
            new MailBreaker(dynamoDb, config.mailLimits()),
            new MailSender(
                ses, business.sender(), config.senderAddress(), config.configurationSet()),
            new Wordings(),
            business,
            URI.create(config.publicUrl()),
            clock);
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> StreamBatch.inOrder(event, this::handle));
  }

  private void handle(Map<String, AttributeValue> item) {
    SubmissionRow.read(item)
        .ifPresentOrElse(
            row -> {
              if (row.status() == Status.PENDING) {
                send(row);
              }
            },
            () -> {
              LOG.error("A row that intake did not write");
              Counter.SUBMISSION_FORGED.increment();
              quarantine.hold(item, Status.PENDING, HeldReason.UNREADABLE, clock.instant());
            });
  }

  private void send(SubmissionRow row) {
    MDC.put("correlation_id", row.id().value());
    switch (sendConfirmation.send(row)) {
      case SendConfirmation.Outcome.Sent() -> {
        LOG.info("Mailed");
        Counter.MAIL_SENT.increment();
      }
      case SendConfirmation.Outcome.Held(var reason) -> {
        LOG.warn("Held: {}", reason.code());
        Counter.SUBMISSION_HELD.increment();
        count(reason);
      }
      case SendConfirmation.Outcome.LinkKept(var reason) -> {
        LOG.warn("No new link: {}", reason.code());
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
