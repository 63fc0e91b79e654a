package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.template.Stack;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * EventBridge's default bus: services put their events on it, and rules pass those that fit to
 * functions, one after the other. Putting an event does not wait for the functions.
 */
public final class EventBus implements AutoCloseable {

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("event-bus").factory());
  private volatile List<Target> targets = List.of();

  /** A rule, ready to be applied. */
  private record Target(
      String function,
      Stack.Rule rule,
      EventFilter filter,
      InputTransformer transformer,
      FunctionQueue queue) {

    void offer(JsonNode event) {
      if (filter.passes(event)) {
        queue.invoke(function, transformer.transform(event), "rule " + rule.logicalId());
      }
    }
  }

  /** Applies the rules of a stack to every event from now on; before, there are none. */
  void serve(Stack stack, FunctionQueue queue) {
    targets =
        stack.functions().stream()
            .flatMap(lambda -> lambda.rules().stream().map(rule -> target(lambda, rule, queue)))
            .toList();
  }

  private static Target target(Stack.Lambda lambda, Stack.Rule rule, FunctionQueue queue) {
    return new Target(
        lambda.logicalId(),
        rule,
        new EventFilter(List.of(rule.pattern())),
        new InputTransformer(rule),
        queue);
  }

  /** Takes an event, in EventBridge's form. */
  public void put(JsonNode event) {
    worker.execute(() -> targets.forEach(target -> target.offer(event)));
  }

  /** Passes no more events on. */
  void stop() {
    targets = List.of();
  }

  /**
   * Waits until everything that was put so far was passed on.
   *
   * @throws IllegalStateException it was not within this time
   */
  void drain(Duration limit) throws InterruptedException {
    try {
      worker.submit(() -> {}).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Events are still owed after " + limit, e);
    } catch (ExecutionException e) {
      throw new AssertionError("does nothing", e);
    }
  }

  @Override
  public void close() {
    stop();
    worker.shutdownNow();
  }
}
