package io.vestibule.delivery.kind.mailchimp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Statuses;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What Mailchimp said to a call. */
sealed interface MailchimpReply {

  /** It is done, or this is what was asked for. */
  record Done(JsonNode body) implements MailchimpReply {

    /** Whether it is done without a word, by the status that says so. */
    boolean isEmpty() {
      return body.isMissingNode();
    }
  }

  /** It is not there: the member, or the audience. */
  record Missing() implements MailchimpReply {}

  /** It is neither. */
  record Not(Answer answer) implements MailchimpReply {}

  /** Mailchimp does not say how long it wants to be left alone. */
  Duration A_WHILE = Duration.ofMinutes(1);

  int EMPTY = 204;

  /** Reads what came. Mailchimp's own errors say their status in their body, too. */
  static MailchimpReply of(Reply reply, Instant now) {
    if (!(reply instanceof Reply.Answered answered)) {
      return new Not(Statuses.answer(reply, now));
    }
    if (answered.status() == EMPTY) {
      return new Done(MissingNode.getInstance());
    }
    var json = answered.json();
    if (Statuses.answer(reply, now) instanceof Answer.Taken) {
      return json.<MailchimpReply>map(Done::new).orElseGet(() -> new Not(Answer.later("no-json")));
    }
    return json.filter(it -> it.path("status").asInt() == answered.status())
        .map(it -> it.path("title").asText())
        .flatMap(title -> refusal(answered.status(), title))
        .orElseGet(() -> new Not(withoutReason(answered, now)));
  }

  /**
   * What an error of Mailchimp's means.
   *
   * @see <a href="https://mailchimp.com/developer/marketing/docs/errors/">Errors</a>
   */
  private static Optional<MailchimpReply> refusal(int status, String title) {
    return switch (status) {
      case 400 -> Optional.of(new Not(Answer.failed(refusalOfOne(title))));
      // The key's user may not do this, or the plan is over.
      case 403 -> Optional.of(new Not(new Answer.Stopped("mailchimp-forbidden")));
      case 404 -> Optional.of(new Missing());
      default -> Optional.empty();
    };
  }

  private static String refusalOfOne(String title) {
    return switch (title) {
      case "Forgotten Email Not Subscribed" -> "mailchimp-forgotten";
      case "Member In Compliance State" -> "mailchimp-compliance-state";
      default -> "mailchimp-invalid-resource";
    };
  }

  /** A 403 without a reason is how Mailchimp says that it is busy. */
  private static Answer withoutReason(Reply.Answered answered, Instant now) {
    return switch (answered.status()) {
      case 403 -> new Answer.Later(Optional.of(A_WHILE), "mailchimp-busy");
      case 429 -> new Answer.Later(Optional.of(A_WHILE), "mailchimp-too-many-requests");
      default -> Statuses.answer(answered, now);
    };
  }
}
