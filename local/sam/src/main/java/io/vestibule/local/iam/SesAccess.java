package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.template.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What SES checks: to send, the identity and the configuration set, each on its own. Out of the
 * sandbox, that is: in it, AWS checks the recipients' identities too.
 */
record SesAccess(Stack stack, Deployed deployed) {

  List<Access> of(String operation, JsonNode body) {
    return operation.equals("SendEmail")
        ? sendEmail(body)
        : List.of(new Access("ses:" + operation, Access.NO_RESOURCE));
  }

  private List<Access> sendEmail(JsonNode body) {
    String from = address(body.path("FromEmailAddress").asText());
    Map<String, List<String>> context =
        Map.of(
            ConditionKey.FROM_ADDRESS, List.of(from),
            ConditionKey.RECIPIENTS, recipients(body.path("Destination")));
    List<Access> accesses = new ArrayList<>();
    String identity = deployed.mailIdentity(from).orElse(from);
    accesses.add(new Access("ses:SendEmail", arn("identity/" + identity), context));
    if (body.hasNonNull("ConfigurationSetName")) {
      String set = body.path("ConfigurationSetName").asText();
      accesses.add(new Access("ses:SendEmail", arn("configuration-set/" + set), context));
    }
    return accesses;
  }

  private static List<String> recipients(JsonNode destination) {
    return Stream.of("ToAddresses", "CcAddresses", "BccAddresses")
        .flatMap(kind -> PolicyReader.strings(destination.path(kind)).stream())
        .map(SesAccess::address)
        .toList();
  }

  /** The address alone, without the name that a person sees. */
  private static String address(String mailbox) {
    int open = mailbox.lastIndexOf('<');
    int close = mailbox.lastIndexOf('>');
    return (0 <= open && open < close ? mailbox.substring(open + 1, close) : mailbox).strip();
  }

  private String arn(String resource) {
    return "arn:aws:ses:%s:%s:%s".formatted(stack.region(), stack.account(), resource);
  }
}
