package io.vestibule.local.ses;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.ses.MailboxSimulator.Answer;
import java.time.Instant;
import java.util.UUID;

/**
 * A bounce or a complaint as SES tells EventBridge of it: with the address in it, in more than one
 * place.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">Contents
 *     of event data</a>
 */
record FeedbackEvent(
    String region, String account, Outgoing mail, String messageId, String recipient, Instant at) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The event that a mailbox's answer leads to. */
  ObjectNode of(Answer answer) {
    return switch (answer) {
      case HARD_BOUNCE -> bounce("Permanent", "5.1.1");
      case OUT_OF_OFFICE -> bounce("Transient", "4.0.0");
      case COMPLAINT -> complaint();
    };
  }

  private ObjectNode bounce(String type, String status) {
    var event = event("Email Bounced");
    var detail = event.putObject("detail").put("eventType", "Bounce");
    var bounce =
        detail
            .putObject("bounce")
            .put("feedbackId", UUID.randomUUID().toString())
            .put("bounceType", type)
            .put("bounceSubType", "General")
            .put("timestamp", at.toString())
            .put("reportingMTA", "dns; a1-2.smtp-out.amazonses.com");
    bounce
        .putArray("bouncedRecipients")
        .addObject()
        .put("emailAddress", recipient)
        .put("action", "failed")
        .put("status", status)
        .put("diagnosticCode", "smtp; " + status + " " + recipient);
    detail.set("mail", aboutTheMail());
    return event;
  }

  private ObjectNode complaint() {
    var event = event("Email Complaint Received");
    var detail = event.putObject("detail").put("eventType", "Complaint");
    var complaint =
        detail
            .putObject("complaint")
            .put("feedbackId", UUID.randomUUID().toString())
            .put("complaintFeedbackType", "abuse")
            .put("timestamp", at.toString())
            .put("userAgent", "Amazon SES Mailbox Simulator");
    complaint.putArray("complainedRecipients").addObject().put("emailAddress", recipient);
    detail.set("mail", aboutTheMail());
    return event;
  }

  private ObjectNode event(String type) {
    var event =
        JSON.objectNode()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", type)
            .put("source", "aws.ses")
            .put("account", account)
            .put("time", at.toString())
            .put("region", region);
    var resources = event.putArray("resources");
    mail.configurationSet()
        .ifPresent(
            set ->
                resources.add(
                    "arn:aws:ses:%s:%s:configuration-set/%s".formatted(region, account, set)));
    return event;
  }

  private ObjectNode aboutTheMail() {
    var json =
        JSON.objectNode()
            .put("timestamp", at.toString())
            .put("source", mail.from())
            .put("sendingAccountId", account)
            .put("messageId", messageId)
            .put("headersTruncated", false);
    mail.to().forEach(json.putArray("destination")::add);
    json.putArray("headers").addObject().put("name", "To").put("value", recipient);
    json.putObject("commonHeaders").put("subject", mail.subject()).putArray("to").add(recipient);
    var tags = json.putObject("tags");
    mail.configurationSet().ifPresent(set -> tags.putArray("ses:configuration-set").add(set));
    mail.tags().forEach((name, value) -> tags.putArray(name).add(value));
    return json;
  }
}
