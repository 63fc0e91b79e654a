package io.vestibule.local.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.host.Outcome.Returned;
import io.vestibule.local.template.Stack;
import io.vestibule.store.TimeLimits;
import java.io.IOError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One function and its execution environments, each of which runs one invocation at a time.
 *
 * <p>An environment is used again, the last used first, until an invocation in it runs out of time
 * or fails so that the process ends. Such an invocation may have left something half done, so the
 * environment is thrown away.
 */
final class Function {

  /** What a new AWS account may run at a time; here further invocations wait. */
  private static final int CONCURRENCY = 10;

  /** Lambda gives 10 s; a machine that starts everything else at the same time gets more. */
  private static final Duration INIT_LIMIT = Duration.ofMinutes(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Stack.Lambda lambda;
  private final String arn;
  private final Env env;
  private final Clock clock;
  private final Pause pause;
  private final Console console;
  private final Duration limit;
  private final Semaphore places = new Semaphore(CONCURRENCY, true);
  private volatile Deque<HandlerCode> idle = new ConcurrentLinkedDeque<>();

  Function(Stack.Lambda lambda, String arn, Env env, Clock clock, Pause pause, Console console) {
    this.lambda = lambda;
    this.arn = arn;
    this.env = env;
    this.clock = clock;
    this.pause = pause;
    this.console = console;
    this.limit = limit(lambda.timeout(), env);
  }

  /**
   * When an invocation is ended: as Lambda does; later where functions are to be patient, as a busy
   * machine is no fault of a function's. What it is told of its time is the same.
   */
  private static Duration limit(Duration timeout, Env env) {
    var patient = TimeLimits.of(env).limit(timeout);
    return patient.compareTo(timeout) > 0 ? patient : timeout;
  }

  /** From now on each invocation begins in a new environment, as after a deployment. */
  void renew() {
    idle = new ConcurrentLinkedDeque<>();
  }

  Invocation invoke(JsonNode event, String cause) {
    var at = clock.instant();
    var requestId = UUID.randomUUID().toString();
    places.acquireUninterruptibly();
    long start = System.nanoTime();
    try {
      Outcome outcome = run(event, requestId);
      var took = Duration.ofNanos(System.nanoTime() - start);
      return new Invocation(at, lambda.logicalId(), requestId, cause, took, outcome);
    } finally {
      places.release();
    }
  }

  private Outcome run(JsonNode event, String requestId) {
    var environments = idle;
    try {
      @Nullable HandlerCode warm = environments.pollFirst();
      HandlerCode code = warm != null ? warm : await(this::newEnvironment, INIT_LIMIT);
      return run(code, environments, event, requestId);
    } catch (ExecutionException e) {
      return failure(e);
    } catch (TimeoutException e) {
      return timedOut(requestId, INIT_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("Sandbox.Interrupted", "The run was stopped meanwhile");
    }
  }

  private Outcome run(
      HandlerCode code, Deque<HandlerCode> environments, JsonNode event, String requestId)
      throws InterruptedException {
    boolean usable = false;
    try {
      var context = context(requestId);
      byte[] result = await(() -> code.handle(JSON.writeValueAsBytes(event), context), limit);
      usable = true;
      return new Returned(JSON.readTree(new String(result, StandardCharsets.UTF_8)));
    } catch (ExecutionException e) {
      usable = !endsTheProcess(e.getCause());
      return failure(e);
    } catch (TimeoutException e) {
      return timedOut(requestId, limit);
    } catch (JsonProcessingException e) {
      return new Failed("Runtime.InvalidJson", "The function returned something that is not JSON");
    } finally {
      if (usable) {
        environments.addFirst(code);
      }
    }
  }

  /** After these two kinds, and no other, Lambda's Java runtime reports the error and exits. */
  private static boolean endsTheProcess(@Nullable Throwable thrown) {
    return thrown instanceof VirtualMachineError || thrown instanceof IOError;
  }

  private HandlerCode newEnvironment() throws ReflectiveOperationException {
    return HandlerCode.load(lambda.handler(), env, clock, pause);
  }

  private InvocationContext context(String requestId) {
    long deadline = System.nanoTime() + lambda.timeout().toNanos();
    return new InvocationContext(
        requestId, lambda.logicalId(), arn, lambda.logGroup(), lambda.memoryMegabytes(), deadline);
  }

  /** Does work on a thread of the function's own, which is interrupted when its time is over. */
  private <T> T await(Callable<T> work, Duration limit)
      throws ExecutionException, TimeoutException, InterruptedException {
    var task = new FutureTask<>(() -> console.as(lambda.logicalId(), work));
    Thread.ofVirtual().name(lambda.logicalId()).start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      task.cancel(true);
    }
  }

  private Failed failure(ExecutionException e) {
    Throwable cause = requireNonNull(e.getCause());
    Throwable thrown =
        cause instanceof InvocationTargetException building ? building.getTargetException() : cause;
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    console.print(lambda.logicalId(), trace.toString());
    return Failed.of(thrown);
  }

  private Failed timedOut(String requestId, Duration limit) {
    var message =
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            requestId,
            limit.toMillis() / 1000.0);
    console.print(lambda.logicalId(), message + "\n");
    return new Failed("Sandbox.Timedout", message);
  }
}
