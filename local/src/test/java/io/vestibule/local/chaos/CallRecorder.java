package io.vestibule.local.chaos;

import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down the calls that functions make, and so every place where one of them can die. */
final class CallRecorder implements Disturbance {

  private final Set<String> functions;
  private final List<Call> calls = new ArrayList<>();

  CallRecorder(Set<String> functions) {
    this.functions = functions;
  }

  @Override
  public synchronized void before(Call call) {
    if (functions.contains(call.function())) {
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
}
