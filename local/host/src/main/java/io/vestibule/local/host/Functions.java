package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.local.account.LambdaVariables;
import io.vestibule.local.template.Stack;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The functions of a stack, each run as Lambda runs it. */
public final class Functions {

  private final SortedMap<String, Function> functions = new TreeMap<>();
  private final Consumer<Invocation> observer;
  private final AtomicLong turns = new AtomicLong();

  /**
   * Prepares the functions; a handler is built when it is first needed, as in Lambda.
   *
   * @param aws where the functions find every AWS service
   * @param observer is told of each invocation once it is over, on the thread that asked for it
   */
  public Functions(
      Stack stack, URI aws, Clock clock, Console console, Consumer<Invocation> observer) {
    this(stack, aws, clock, Pause.REAL, console, observer);
  }

  /**
   * Prepares functions that wait in a way of the caller's.
   *
   * @param pause how they wait
   */
  Functions(
      Stack stack,
      URI aws,
      Clock clock,
      Pause pause,
      Console console,
      Consumer<Invocation> observer) {
    this.observer = observer;
    for (Stack.Lambda lambda : stack.functions()) {
      functions.put(
          lambda.logicalId(),
          new Function(
              lambda,
              arn(stack, lambda.logicalId()),
              Env.of(LambdaVariables.of(stack, lambda, aws)),
              clock,
              pause,
              console));
    }
  }

  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(functions.keySet()));
  }

  /**
   * Runs a function and waits for it.
   *
   * @param cause what calls it, in a few words for people
   * @throws IllegalArgumentException there is no such function; the message names those there are
   */
  public Invocation invoke(String logicalId, JsonNode event, String cause) {
    Function function = functions.get(logicalId);
    if (function == null) {
      throw new IllegalArgumentException(
          "No function " + logicalId + "; there are " + String.join(", ", names()));
    }
    turns.incrementAndGet();
    Invocation invocation = function.invoke(event, cause);
    turns.incrementAndGet();
    observer.accept(invocation);
    return invocation;
  }

  /** From now on each function begins anew, as after a deployment. */
  public void renew() {
    functions.values().forEach(Function::renew);
  }

  /** A number that grows whenever an invocation begins, and again when it ends. */
  long turns() {
    return turns.get();
  }

  static String arn(Stack stack, String logicalId) {
    return "arn:aws:lambda:%s:%s:function:%s".formatted(stack.region(), stack.account(), logicalId);
  }
}
