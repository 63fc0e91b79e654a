package io.vestibule.delivery.kind.listmonk;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Statuses;
import java.time.Instant;
import java.util.Optional;

/** What listmonk said to a call. */
sealed interface ListmonkReply {

  /** It is done, or this is what was asked for. */
  record Done(JsonNode data) implements ListmonkReply {}

  /**
   * It does not do that.
   *
   * @param isTaken whether somebody has that address already; otherwise there is no such
   *     subscriber, or a value is wrong
   */
  record Refused(boolean isTaken) implements ListmonkReply {

    Answer answer() {
      return isTaken ? Answer.later("listmonk-exists") : Answer.failed("listmonk-refused");
    }
  }

  /** None of these. */
  record Not(Answer answer) implements ListmonkReply {}

  /** Reads what came: {@code data}, or a {@code message}. */
  static ListmonkReply of(Reply reply, Instant now) {
    if (!(reply instanceof Reply.Answered answered)) {
      return new Not(Statuses.answer(reply, now));
    }
    var json = answered.json();
    if (Statuses.answer(reply, now) instanceof Answer.Taken) {
      return json.filter(it -> it.has("data"))
          .<ListmonkReply>map(it -> new Done(it.path("data")))
          .orElseGet(() -> new Not(Answer.later("no-json")));
    }
    return json.filter(it -> it.path("message").isTextual())
        .flatMap(_ -> refusal(answered.status()))
        .orElseGet(() -> new Not(Statuses.answer(reply, now)));
  }

  private static Optional<ListmonkReply> refusal(int status) {
    return switch (status) {
      case 400 -> Optional.of(new Refused(false));
      case 409 -> Optional.of(new Refused(true));
      // A version of before, or another server.
      case 404, 405 -> Optional.of(new Not(new Answer.Stopped("listmonk-no-such-call")));
      default -> Optional.empty();
    };
  }
}
