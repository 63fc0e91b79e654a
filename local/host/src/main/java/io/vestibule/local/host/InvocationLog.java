package io.vestibule.local.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last invocations of each function. */
final class InvocationLog {

  private static final int KEPT = 50;

  private final Map<String, Deque<Invocation>> invocations = new HashMap<>();

  synchronized void add(Invocation invocation) {
    Deque<Invocation> ofFunction =
        invocations.computeIfAbsent(invocation.function(), name -> new ArrayDeque<>());
    ofFunction.addLast(invocation);
    if (ofFunction.size() > KEPT) {
      ofFunction.removeFirst();
    }
  }

  /** Oldest first. */
  synchronized List<Invocation> of(String function) {
    return List.copyOf(invocations.getOrDefault(function, new ArrayDeque<>()));
  }
}
