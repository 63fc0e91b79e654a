package io.vestibule.local.chaos;

import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes down the calls that functions make, and so every place where one of them can die. */
final class CallRecorder implements Disturbance {

  /** What else it does than to call AWS, to tell a partner, is not seen here. */
  private static final String TELLS_OTHERS = "DeliverFunction";

  /** By whom, as each invocation has a thread of its own, and so has what it does in parallel. */
  private record Made(Call call, long thread) {}

  private record Write(int number, long thread) {}

  private final List<Made> all = new ArrayList<>();

  @Override
  public synchronized void before(Call call) {
    if (!call.isOfTheOperator()) {
      all.add(new Made(call, Thread.currentThread().threadId()));
    }
  }

  /** Each call twice: before it and after it. */
  synchronized List<DeathAt> deaths() {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, Write> writes = new HashMap<>();
    return all.stream()
        .flatMap(
            made -> {
              var function = made.call().function();
              int number = numbers.merge(function, 1, Integer::sum);
              int since = since(made, writes.get(function));
              if (!made.call().isRead()) {
                writes.put(function, new Write(number, made.thread()));
              }
              return Arrays.stream(Moment.values())
                  .map(at -> new DeathAt(number, made.call(), at, since));
            })
        .toList();
  }

  private static int since(Made made, @Nullable Write last) {
    if (last == null || made.call().function().equals(TELLS_OTHERS)) {
      return 0;
    }
    return last.thread() == made.thread() ? last.number() : 0;
  }

  /** How many calls of an operation there were. */
  synchronized long count(String operation) {
    return all.stream().filter(made -> made.call().operation().equals(operation)).count();
  }

  /** The first call of each kind that each function makes. */
  List<Call> stages() {
    return firstOfEach(Call::toString);
  }

  /** The first call that each function makes of each service. */
  List<Call> services() {
    return firstOfEach(call -> call.function() + " " + call.service());
  }

  private synchronized List<Call> firstOfEach(Function<Call, String> kind) {
    Map<String, Call> first = new LinkedHashMap<>();
    all.forEach(made -> first.putIfAbsent(kind.apply(made.call()), made.call()));
    return List.copyOf(first.values());
  }
}
