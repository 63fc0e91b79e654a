package io.vestibule.delivery.kind.fxiaoke;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Statuses;
import java.net.URI;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * What Fxiaoke said to a call. Its status is always 200, and its words are for people: only the
 * number in {@code errorCode} says what came of it.
 */
sealed interface FxiaokeReply {

  /** It is done. */
  record Done(JsonNode body) implements FxiaokeReply {}

  /** Fxiaoke has a number of its own for why not. */
  record Refused(int code, Answer answer) implements FxiaokeReply {

    boolean isTokenRefused() {
      return code == FxiaokeCodes.TOKEN_REFUSED || code == FxiaokeCodes.TOKEN_EXPIRED;
    }

    /** The answer to what is asked for everybody alike: no other person's turn goes better. */
    Answer ofEverybody() {
      return answer instanceof Answer.Failed(var ours, var _) ? new Answer.Stopped(ours) : answer;
    }

    /** It may be about the record: the papers have no number for one that is not there. */
    boolean isPerhapsOfTheRecord() {
      return answer instanceof Answer.Failed;
    }
  }

  /** It is no answer of Fxiaoke's API. */
  record Not(Answer answer) implements FxiaokeReply {}

  /** Reads what came. */
  static FxiaokeReply of(Reply reply, Order order, URI url) {
    if (!(reply instanceof Reply.Answered answered)) {
      return new Not(Statuses.answer(reply, order.at()));
    }
    var body = answered.json().filter(it -> it.path("errorCode").isInt());
    if (body.isEmpty()) {
      return new Not(unreadable(reply, order));
    }
    int code = body.get().path("errorCode").intValue();
    return code == 0 ? new Done(body.get()) : refused(code, order, url);
  }

  /** Fxiaoke's people find a call by its number, which is of nobody. */
  private static FxiaokeReply refused(int code, Order order, URI url) {
    LoggerFactory.getLogger(FxiaokeReply.class)
        .info("{} refused a call: {}, {}", order.target().name(), code, url.getQuery());
    return new Refused(code, FxiaokeCodes.answer(code, order));
  }

  private static Answer unreadable(Reply reply, Order order) {
    return switch (Statuses.answer(reply, order.at())) {
      case Answer.Taken _ -> Answer.later("no-json");
      // A gate before Fxiaoke, of this machine's address perhaps: it is about nobody's record.
      case Answer.Failed(var code, var _) -> new Answer.Stopped(code);
      case Answer.Later later -> later;
      case Answer.Stopped stopped -> stopped;
    };
  }

  /** What is against going on, if the call had to be taken. */
  default Optional<Answer> hindrance() {
    return switch (this) {
      case Done _ -> Optional.empty();
      case Refused refused -> Optional.of(refused.answer());
      case Not(var answer) -> Optional.of(answer);
    };
  }

  /** The same, if it may have been taken before: what is so, a look at the record says. */
  default Optional<Answer> hindranceOfTheCall() {
    return this instanceof Refused refused && refused.isPerhapsOfTheRecord()
        ? Optional.empty()
        : hindrance();
  }
}
