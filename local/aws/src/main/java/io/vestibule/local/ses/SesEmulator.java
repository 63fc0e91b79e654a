package io.vestibule.local.ses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * SESv2 for the operations that this project calls. It sends nothing: it keeps each mail in memory
 * that SES would have accepted, and tells EventBridge what the mailbox simulator answers.
 * Identities are verified as soon as they exist; there is no quota and no suppression list. The
 * account is out of the sandbox until PutAccountDetails says that it is not to be.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/">SES API v2</a>
 */
public final class SesEmulator implements Backend, Inbox {

  private static final String CONTENT_TYPE = "application/json";
  private static final Pattern EVENT_DESTINATIONS =
      Pattern.compile("POST /v2/email/configuration-sets/([^/]+)/event-destinations");

  private static final Pattern IDENTITY = Pattern.compile("GET /v2/email/identities/([^/]+)");

  private final String region;
  private final String account;
  private final Clock clock;
  private final RandomGenerator random;
  private final Identities identities;
  private final Map<String, EventDestinations> configurationSets = new HashMap<>();
  private final Consumer<JsonNode> bus;
  private boolean isSandboxed;
  private Receipts receipts = Receipts.none();
  private final List<Mail> mails = new ArrayList<>();

  /**
   * SES without any identity yet.
   *
   * @param bus the default bus of EventBridge
   */
  public SesEmulator(
      String region, String account, Clock clock, RandomGenerator random, Consumer<JsonNode> bus) {
    this.region = region;
    this.account = account;
    this.bus = bus;
    this.identities = new Identities(region);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public synchronized List<Mail> mails() {
    return List.copyOf(mails);
  }

  @Override
  public synchronized void receive(List<ReceiptRule> rules, Storage storage) {
    receipts = Receipts.by(rules, storage);
  }

  @Override
  public synchronized Response handle(Request request) {
    try {
      var parameters = Parameters.parse(request.body(), "BadRequestException");
      var answer =
          switch (request.method() + " " + request.target()) {
            case "POST /v2/email/outbound-emails" -> sendEmail(parameters);
            case "POST /v2/email/account/details" -> putAccountDetails(parameters);
            case "POST /v2/email/identities" -> createEmailIdentity(parameters);
            case "POST /v2/email/configuration-sets" -> createConfigurationSet(parameters);
            case "GET /v2/email/account" -> account();
            case String other -> otherOperation(other, parameters);
          };
      return new Response(
          200,
          Map.of("Content-Type", CONTENT_TYPE),
          answer.toString().getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  /** Those that have a name in their path. */
  private ObjectNode otherOperation(String methodAndPath, Parameters parameters) throws Refusal {
    var identity = IDENTITY.matcher(methodAndPath);
    if (identity.matches()) {
      return identity(URLDecoder.decode(identity.group(1), StandardCharsets.UTF_8));
    }
    var eventDestination = EVENT_DESTINATIONS.matcher(methodAndPath);
    if (!eventDestination.matches()) {
      throw new Refusal(404, "UnknownOperationException", null);
    }
    set(eventDestination.group(1)).add(parameters);
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode account() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("ProductionAccessEnabled", !isSandboxed)
        .put("SendingEnabled", true);
  }

  /** No DNS is asked: whoever is there counts as verified and signed. */
  private ObjectNode identity(String identity) throws Refusal {
    if (!identities.contains(identity)) {
      throw new Refusal(404, "NotFoundException", "Email identity <" + identity + "> not found.");
    }
    var answer = JsonNodeFactory.instance.objectNode().put("VerifiedForSendingStatus", true);
    answer.putObject("DkimAttributes").put("SigningEnabled", true).put("Status", "SUCCESS");
    return answer;
  }

  private ObjectNode sendEmail(Parameters parameters) throws Refusal {
    var outgoing = Outgoing.parse(parameters);
    var from = Mailbox.parse(outgoing.from());
    var set = outgoing.configurationSet();
    var destinations = set.isPresent() ? set(set.get()) : new EventDestinations();
    identities.requireVerified(isSandboxed ? outgoing.mailboxes(from) : List.of(from));
    var mail = outgoing.sent(clock.instant());
    mails.add(mail);
    var messageId = new UUID(random.nextLong(), random.nextLong()).toString();
    receipts.receive(mail, messageId);
    publish(outgoing, messageId, destinations);
    return JsonNodeFactory.instance.objectNode().put("MessageId", messageId);
  }

  /** AWS decides about this, and does not do it at once. */
  private ObjectNode putAccountDetails(Parameters parameters) throws Refusal {
    isSandboxed = !parameters.flag("ProductionAccessEnabled");
    return JsonNodeFactory.instance.objectNode();
  }

  private void publish(Outgoing mail, String messageId, EventDestinations destinations) {
    for (String recipient : mail.to()) {
      var event = new FeedbackEvent(region, account, mail, messageId, recipient, clock.instant());
      MailboxSimulator.answer(recipient).map(event::of).filter(destinations::want).ifPresent(bus);
    }
  }

  private EventDestinations set(String name) throws Refusal {
    var set = configurationSets.get(name);
    if (set == null) {
      throw new Refusal(
          404, "NotFoundException", "Configuration set <" + name + "> does not exist.");
    }
    return set;
  }

  private ObjectNode createEmailIdentity(Parameters parameters) throws Refusal {
    var identity = parameters.required("EmailIdentity");
    identities.add(identity);
    return JsonNodeFactory.instance
        .objectNode()
        .put("IdentityType", identity.contains("@") ? "EMAIL_ADDRESS" : "DOMAIN")
        .put("VerifiedForSendingStatus", true);
  }

  private ObjectNode createConfigurationSet(Parameters parameters) throws Refusal {
    var name = parameters.required("ConfigurationSetName");
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw parameters.invalid("Invalid configuration set name <" + name + ">.");
    }
    if (configurationSets.putIfAbsent(name, new EventDestinations()) != null) {
      throw new Refusal(
          400, "AlreadyExistsException", "Configuration set <" + name + "> already exists.");
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
