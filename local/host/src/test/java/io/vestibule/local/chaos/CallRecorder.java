package io.vestibule.local.chaos;

import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes down the calls that functions make, and so every place where one of them can die. */
final class CallRecorder implements Disturbance {

  private final List<Call> calls = new ArrayList<>();

  @Override
  public synchronized void before(Call call) {
    if (!call.isOfTheOperator()) {
      calls.add(call);
    }
  }

  /** Each call twice: before it and after it. */
  synchronized List<DeathAt> deaths() {
    Map<String, Integer> numbers = new HashMap<>();
    return calls.stream()
        .flatMap(
            call -> {
              int number = numbers.merge(call.function(), 1, Integer::sum);
              return Arrays.stream(Moment.values()).map(at -> new DeathAt(number, call, at));
            })
        .toList();
  }

  /** How many calls of an operation there were. */
  synchronized long count(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).count();
  }

  /** The first call of each kind that each function makes. */
  synchronized List<Call> stages() {
    Map<String, Call> first = new LinkedHashMap<>();
    calls.forEach(call -> first.putIfAbsent(call.toString(), call));
    return List.copyOf(first.values());
  }
}
