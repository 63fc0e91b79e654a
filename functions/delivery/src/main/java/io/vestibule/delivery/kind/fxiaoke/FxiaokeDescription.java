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

  private Described ask(Order order) {
    return switch (api.describe(order)) {
      case FxiaokeReply.Done(var body) -> {
        var fields = FxiaokeFields.read(body, FxiaokeApi.fxiaoke(order).zone());
        known.put(order.target().name(), new Known(fields, order.at().plus(USED_FOR)));
        yield new Described.As(fields);
      }
      case FxiaokeReply.Refused refused -> new Described.Not(refused.answer());
      case FxiaokeReply.Not(var answer) -> new Described.Not(answer);
    };
  }
}
