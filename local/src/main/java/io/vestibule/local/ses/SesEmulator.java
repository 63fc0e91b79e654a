package io.vestibule.local.ses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * SESv2 for the operations that this project calls. It sends nothing: it keeps each mail in memory
 * that SES would have accepted. Identities are verified as soon as they exist; there is no sandbox,
 * no quota and no suppression list.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/">SES API v2</a>
 */
public final class SesEmulator implements Backend, Inbox {

  private static final String CONTENT_TYPE = "application/json";

  private final Clock clock;
  private final RandomGenerator random;
  private final Identities identities;
  private final Set<String> configurationSets = new HashSet<>();
  private final List<Mail> mails = new ArrayList<>();

  public SesEmulator(String region, Clock clock, RandomGenerator random) {
    this.identities = new Identities(region);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public synchronized List<Mail> mails() {
    return List.copyOf(mails);
  }

  @Override
  public synchronized Response handle(Request request) {
    try {
      var parameters = Parameters.parse(request.body(), "BadRequestException");
      var answer =
          switch (request.method() + " " + request.target()) {
            case "POST /v2/email/outbound-emails" -> sendEmail(parameters);
            case "POST /v2/email/identities" -> createEmailIdentity(parameters);
            case "POST /v2/email/configuration-sets" -> createConfigurationSet(parameters);
            default -> throw new Refusal(404, "UnknownOperationException", null);
          };
      return new Response(
          200,
          Map.of("Content-Type", CONTENT_TYPE),
          answer.toString().getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  private ObjectNode sendEmail(Parameters parameters) throws Refusal {
    var outgoing = Outgoing.parse(parameters);
    var from = Mailbox.parse(outgoing.from());
    var set = outgoing.configurationSet();
    if (set.isPresent() && !configurationSets.contains(set.get())) {
      throw new Refusal(
          404, "NotFoundException", "Configuration set <" + set.get() + "> does not exist.");
    }
    identities.requireVerified(from);
    mails.add(outgoing.sent(clock.instant()));
    var messageId = new UUID(random.nextLong(), random.nextLong());
    return JsonNodeFactory.instance.objectNode().put("MessageId", messageId.toString());
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
    if (!configurationSets.add(name)) {
      throw new Refusal(
          400, "AlreadyExistsException", "Configuration set <" + name + "> already exists.");
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
