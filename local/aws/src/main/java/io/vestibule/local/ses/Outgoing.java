package io.vestibule.local.ses;

import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A request to SendEmail with simple content, checked by the rules of SES.
 *
 * @param configurationSet the set that it names
 * @param headers the custom headers
 * @param tags what events about this mail are to carry
 * @see <a href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html">
 *     SendEmail</a>
 */
record Outgoing(
    String from,
    List<String> to,
    List<String> replyTo,
    String subject,
    String text,
    String html,
    Optional<String> configurationSet,
    Map<String, String> headers,
    Map<String, String> tags) {

  private static final int MOST_RECIPIENTS = 50;
  private static final int MOST_HEADERS = 15;
  private static final Pattern HEADER_NAME = Pattern.compile("[!-9;-@A-~]{1,126}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{1,870}");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** Headers that SES writes itself, from parameters of their own. */
  private static final Set<String> RESERVED =
      Set.of(
          "bcc",
          "cc",
          "content-disposition",
          "content-transfer-encoding",
          "content-type",
          "date",
          "from",
          "message-id",
          "mime-version",
          "reply-to",
          "return-path",
          "sender",
          "subject",
          "to");

  static Outgoing parse(Parameters request) throws Refusal {
    request.only(
        "FromEmailAddress",
        "Destination",
        "ReplyToAddresses",
        "Content",
        "ConfigurationSetName",
        "EmailTags");
    var simple = request.object("Content").only("Simple").object("Simple");
    simple.only("Subject", "Body", "Headers");
    var body = simple.object("Body").only("Text", "Html");
    if (!body.has("Text") && !body.has("Html")) {
      throw request.invalid("The message has neither a text nor an HTML part.");
    }
    return new Outgoing(
        request.required("FromEmailAddress"),
        recipients(request.object("Destination")),
        addresses(request, "ReplyToAddresses"),
        subject(simple),
        content(body, "Text"),
        content(body, "Html"),
        request.text("ConfigurationSetName"),
        headers(simple),
        tags(request));
  }

  /**
   * Whoever has to be verified in the sandbox: the sender, and each recipient but the simulator.
   */
  List<Mailbox> mailboxes(Mailbox sender) throws Refusal {
    var all = new ArrayList<>(List.of(sender));
    for (var recipient : to) {
      if (!MailboxSimulator.has(recipient)) {
        all.add(Mailbox.parse(recipient));
      }
    }
    return List.copyOf(all);
  }

  Mail sent(Instant at) {
    var all = new LinkedHashMap<String, String>();
    all.put("From", from);
    if (!replyTo.isEmpty()) {
      all.put("Reply-To", String.join(", ", replyTo));
    }
    all.putAll(headers);
    configurationSet.ifPresent(name -> all.put("X-SES-CONFIGURATION-SET", name));
    if (!tags.isEmpty()) {
      all.put(
          "X-SES-MESSAGE-TAGS",
          tags.entrySet().stream()
              .map(tag -> tag.getKey() + "=" + tag.getValue())
              .collect(Collectors.joining(", ")));
    }
    return new Mail(to, subject, text, html, at, all);
  }

  private static List<String> recipients(Parameters destination) throws Refusal {
    destination.only("ToAddresses", "CcAddresses", "BccAddresses");
    var all = new ArrayList<String>();
    for (var name : List.of("ToAddresses", "CcAddresses", "BccAddresses")) {
      all.addAll(addresses(destination, name));
    }
    if (all.isEmpty()) {
      throw destination.invalid("The message has no recipient.");
    }
    if (all.size() > MOST_RECIPIENTS) {
      throw destination.invalid("Recipient count exceeds 50.");
    }
    return List.copyOf(all);
  }

  private static List<String> addresses(Parameters parent, String name) throws Refusal {
    var addresses = new ArrayList<String>();
    for (var text : parent.texts(name)) {
      addresses.add(Mailbox.parse(text).address());
    }
    return List.copyOf(addresses);
  }

  private static String subject(Parameters simple) throws Refusal {
    var subject = content(simple, "Subject");
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw simple.invalid("The subject contains control characters.");
    }
    return subject;
  }

  /** SES takes content for 7-bit ASCII unless it is told another character set. */
  private static String content(Parameters parent, String name) throws Refusal {
    if (!parent.has(name)) {
      return "";
    }
    var content = parent.object(name).only("Data", "Charset");
    var data = content.required("Data");
    if (!charset(content).newEncoder().canEncode(data)) {
      throw content.invalid(name + " has characters that are not in its Charset.");
    }
    return data;
  }

  private static Charset charset(Parameters content) throws Refusal {
    var name = content.text("Charset").orElse(StandardCharsets.US_ASCII.name());
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw content.invalid("Unknown Charset " + name + ".");
    }
  }

  private static Map<String, String> headers(Parameters simple) throws Refusal {
    var headers = simple.pairs("Headers");
    if (headers.size() > MOST_HEADERS) {
      throw simple.invalid("The message has more than 15 custom headers.");
    }
    for (var header : headers.entrySet()) {
      if (!HEADER_NAME.matcher(header.getKey()).matches()
          || !HEADER_VALUE.matcher(header.getValue()).matches()
          || RESERVED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        throw simple.invalid("Invalid custom header <" + header.getKey() + ">.");
      }
    }
    return headers;
  }

  private static Map<String, String> tags(Parameters request) throws Refusal {
    var tags = request.pairs("EmailTags");
    for (var tag : tags.entrySet()) {
      if (!TAG.matcher(tag.getKey()).matches() || !TAG.matcher(tag.getValue()).matches()) {
        throw request.invalid("Invalid message tag <" + tag.getKey() + ">.");
      }
    }
    return tags;
  }
}
