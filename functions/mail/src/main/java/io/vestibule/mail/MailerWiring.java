package io.vestibule.mail;

import static io.vestibule.store.Table.IDENTITIES;
import static io.vestibule.store.Table.MAIL_LIMITS;
import static io.vestibule.store.Table.REQUESTS;
import static io.vestibule.store.Table.SEALING_KEYS;
import static io.vestibule.store.Table.SUBMISSIONS;
import static io.vestibule.store.Table.SYSTEM_KEYS;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Law;
import io.vestibule.core.Service;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.Tables;
import io.vestibule.store.TimeLimits;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.mail.LastMails;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.MailLimits;
import io.vestibule.store.mail.MailRefusals;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.MailboxProviders;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.Quarantine;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What MailerFunction is made of, from its environment. */
final class MailerWiring {

  /** Less than the function's time, so that a slow SES is told from a dead function. */
  private static final Duration SES_ANSWERS = Duration.ofSeconds(15);

  private record Config(
      Service service,
      Tables tables,
      String keysetKeyArn,
      MailLimits.Most most,
      String senderAddress,
      String configurationSet,
      List<String> providerDomains,
      URI publicUrl,
      Law law,
      int piplDays) {}

  private final Config config;
  private final Clock clock;
  private final DynamoDbClient dynamoDb;
  private final Forms forms = new Forms();
  private final EmailIndex emailIndex;
  private final LinkTokens linkTokens;
  private final Business business = Business.load();
  private final SubmissionOpener opener;
  private final HeldData heldData;
  private final Letters letters;
  private final MailSender sender;
  private final Doubts doubts = new Doubts();

  MailerWiring(Env env, Clock clock) {
    this.config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(
                        from,
                        SUBMISSIONS,
                        REQUESTS,
                        IDENTITIES,
                        MAIL_LIMITS,
                        SEALING_KEYS,
                        SYSTEM_KEYS),
                    from.text("KEYSET_KEY_ARN"),
                    new MailLimits.Most(
                        from.count("MAILS_PER_MAILBOX_AND_DAY"),
                        from.count("MAILS_TO_SIMULATOR_AND_DAY"),
                        from.count("MAILS_PER_DOMAIN_AND_DAY"),
                        from.count("MAILS_PER_FORM_AND_HOUR")),
                    from.text("SENDER_ADDRESS"),
                    from.text("CONFIGURATION_SET"),
                    from.optional("MAIL_PROVIDER_DOMAINS").stream()
                        .flatMap(domains -> Stream.of(domains.split(",")))
                        .toList(),
                    URI.create(from.text("PUBLIC_URL")),
                    from.oneOf("LAW", Law.class),
                    from.count("PIPL_DAYS")));
    this.clock = clock;
    this.dynamoDb = AwsClients.dynamoDb(env);
    var keysetKey = KeysetKey.of(env, config.keysetKeyArn());
    var systemKeys = new SystemKeys(dynamoDb, name(SYSTEM_KEYS));
    var sealingKeys = new SealingKeys(dynamoDb, name(SEALING_KEYS));
    this.emailIndex =
        new EmailIndex(
            systemKeys, keysetKey, clock, MailboxProviders.shipped().and(config.providerDomains()));
    this.linkTokens = new LinkTokens(systemKeys, keysetKey, clock);
    this.opener = new SubmissionOpener(sealingKeys, keysetKey, forms, clock);
    this.heldData =
        new HeldData(dynamoDb, name(IDENTITIES), List.of(name(SUBMISSIONS), name(REQUESTS)));
    this.letters =
        new Letters(
            emailIndex, heldData, business, config.publicUrl(), config.law(), config.piplDays());
    this.sender =
        new MailSender(
            ses(env), business.sender(), config.senderAddress(), config.configurationSet());
  }

  /**
   * A mail sent again because its answer got lost is a second mail: that is for the stream's
   * redelivery to decide, which sees the lease.
   */
  private static SesV2Client ses(Env env) {
    var patience = TimeLimits.of(env).limit(SES_ANSWERS);
    return AwsClients.configure(SesV2Client.builder(), env, AwsClients.once(patience)).build();
  }

  Service service() {
    return config.service();
  }

  /** By the name of the table that a record comes from. */
  Map<String, Consumer<Map<String, AttributeValue>>> workers() {
    Map<String, Consumer<Map<String, AttributeValue>>> workers = new HashMap<>();
    for (var destination : Destination.values()) {
      workers.put(name(Table.of(destination)), mailTable(destination)::written);
    }
    return Map.copyOf(workers);
  }

  private MailTable mailTable(Destination destination) {
    String table = name(Table.of(destination));
    String beside = name(MAIL_LIMITS);
    var limits = new MailLimits(beside, destination, config.most());
    var mailings = new Mailings(dynamoDb, table, limits);
    var refuseMail = new RefuseMail(new MailRefusals(dynamoDb, table, forms), linkTokens, clock);
    var delivery = new Delivery(sender, new MailBreaker(dynamoDb, beside), doubts);
    var deliverMail = new DeliverMail(heldData, letters, delivery, mailings, refuseMail, clock);
    var stops = new MailStops(dynamoDb, beside);
    var budgets = new Budgets(mailings, clock);
    var paces = new Paces(stops, mailings, clock);
    var claimMail =
        new ClaimMail(budgets, paces, linkTokens, mailings, refuseMail, deliverMail, clock);
    var sendLastMail =
        new SendLastMail(
            opener.notices(emailIndex),
            emailIndex,
            stops,
            new LastMails(dynamoDb, name(REQUESTS), beside, config.most().perMailboxAndDay()),
            new LastLetters(business, config.publicUrl()),
            delivery,
            clock);
    var erased = new ErasedAddresses(dynamoDb, beside, Optional.of(emailIndex::sealOfErasure));
    var sendConfirmation =
        new SendConfirmation(opener, emailIndex, erased, letters, claimMail, refuseMail, clock);
    return new MailTable(
        destination, sendConfirmation, sendLastMail, new Quarantine(dynamoDb, table, forms), clock);
  }

  private String name(Table table) {
    return config.tables().name(table);
  }
}
