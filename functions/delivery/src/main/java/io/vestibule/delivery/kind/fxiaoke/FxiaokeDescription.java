package io.vestibule.delivery.kind.fxiaoke;

import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the fields of each target's object are, as Fxiaoke said some minutes ago at most. */
final class FxiaokeDescription {

  private static final Duration USED_FOR = Duration.ofMinutes(10);

  private final FxiaokeApi api;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  FxiaokeDescription(FxiaokeApi api) {
    this.api = api;
  }

  private record Known(FxiaokeFields fields, Instant until) {}

  /** What came of the question. */
  sealed interface Described {

    /** The object has these fields. */
    record As(FxiaokeFields fields) implements Described {}

    /** Nobody knows. */
    record Not(Answer answer) implements Described {}
  }

  /** What is known, or what Fxiaoke says now. */
  Described of(Order order) {
    var last = known.get(order.target().name());
    return last != null && order.at().isBefore(last.until())
        ? new Described.As(last.fields())
        : ask(order);
  }

  /** The same, if the object has all fields that every record is written with. */
  Described complete(Order order) {
    var described = of(order);
    if (!(described instanceof Described.As(var fields)) || isComplete(order, fields)) {
      return described;
    }
    known.remove(order.target().name()); // Whoever resumes the target has made the field.
    return new Described.Not(new Answer.Stopped("fxiaoke-no-field"));
  }

  private static boolean isComplete(Order order, FxiaokeFields fields) {
    return fields.has(FxiaokeApi.fxiaoke(order).key())
        && FxiaokeAdvice.filled(order).stream().allMatch(fields::has);
  }

  /** What Fxiaoke says now. */
  Described ask(Order order) {
    return switch (api.describe(order)) {
      case FxiaokeReply.Done(var body) ->
          described(order, FxiaokeFields.read(body, FxiaokeApi.fxiaoke(order).zone()));
      case FxiaokeReply.Refused refused -> new Described.Not(refused.ofEverybody());
      case FxiaokeReply.Not(var answer) -> new Described.Not(answer);
    };
  }

  private Described described(Order order, FxiaokeFields fields) {
    if (fields.all().isEmpty()) {
      return new Described.Not(Answer.later("fxiaoke-no-fields"));
    }
    known.put(order.target().name(), new Known(fields, order.at().plus(USED_FOR)));
    return new Described.As(fields);
  }
}
