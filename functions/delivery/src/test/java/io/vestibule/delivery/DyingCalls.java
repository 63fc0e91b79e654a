package io.vestibule.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * Stands between the delivery and AWS, without the delivery knowing: the SDK finds it by a file on
 * the tests' class path, and makes one for each client by itself, so what they all do is static.
 */
public final class DyingCalls implements ExecutionInterceptor {

  private static final Set<String> READS =
      Set.of("GetItem", "Query", "Scan", "Decrypt", "GetSecretValue");

  private static final String OURS = "Credential=" + Office.DELIVER + "/";

  /** The end of the function's process: to the SDK and to our own code it is no exception. */
  static final class Death extends VirtualMachineError {

    private static final long serialVersionUID = 1;

    Death(String where) {
      super(where);
    }
  }

  private static volatile Optional<BiConsumer<String, Boolean>> disturbance = Optional.empty();

  private static void disturb(BiConsumer<String, Boolean> how) {
    disturbance = Optional.of(how);
  }

  static void calm() {
    disturbance = Optional.empty();
  }

  /** Whether an operation changes nothing: to die after it is to die before what comes next. */
  static boolean isRead(String operation) {
    return READS.contains(operation);
  }

  /** Writes down which calls are made. */
  static List<String> record() {
    var calls = new CopyOnWriteArrayList<String>();
    disturb(
        (operation, isAfter) -> {
          if (!isAfter) {
            calls.add(operation);
          }
        });
    return calls;
  }

  /**
   * When the process may end at a call.
   *
   * @param call counted from 0
   * @param isAnswered after the call, not before it
   * @param told how often a partner was called until then
   */
  record Moment(String operation, int call, boolean isAnswered, int told) {}

  /** Writes down each moment of a run. */
  static List<Moment> moments(IntSupplier told) {
    var moments = new CopyOnWriteArrayList<Moment>();
    disturb(
        (operation, isAfter) ->
            moments.add(new Moment(operation, moments.size() / 2, isAfter, told.getAsInt())));
    return moments;
  }

  /** Counts which calls are made, if there are too many to write them all down. */
  static Map<String, LongAdder> count() {
    var calls = new ConcurrentHashMap<String, LongAdder>();
    disturb(
        (operation, isAfter) -> {
          if (!isAfter) {
            calls.computeIfAbsent(operation, _ -> new LongAdder()).increment();
          }
        });
    return calls;
  }

  /** The process ends at a call, counted from 0: before it goes out, or when it was answered. */
  static void dieAt(int call, boolean after) {
    var count = new AtomicInteger();
    disturb(
        (operation, isAfter) -> {
          int number = isAfter ? count.get() - 1 : count.getAndIncrement();
          if (number >= call && (number > call || isAfter == after)) {
            throw new Death(operation);
          }
        });
  }

  /** Each call of an operation fails. */
  static void fail(String failing) {
    disturb(
        (operation, isAfter) -> {
          if (operation.equals(failing)) {
            throw SdkClientException.create("no route to " + operation);
          }
        });
  }

  /** One call of an operation fails, counted from 0. */
  static void failOnce(String failing, int call) {
    var count = new AtomicInteger();
    disturb(
        (operation, isAfter) -> {
          if (operation.equals(failing) && !isAfter && count.getAndIncrement() == call) {
            throw refused();
          }
        });
  }

  private static RuntimeException refused() {
    return KmsException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("KMSInvalidStateException").build())
        .statusCode(400)
        .build();
  }

  /** Something happens before an operation's first call. */
  static void before(String awaited, Runnable deed) {
    var isDone = new AtomicBoolean();
    disturb(
        (operation, isAfter) -> {
          if (operation.equals(awaited) && !isAfter && !isDone.getAndSet(true)) {
            deed.run();
          }
        });
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes about) {
    disturb(context.httpRequest(), about, false);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes about) {
    disturb(context.httpRequest(), about, true);
  }

  private static void disturb(SdkHttpRequest request, ExecutionAttributes about, boolean isAfter) {
    if (request.firstMatchingHeader("Authorization").filter(it -> it.contains(OURS)).isPresent()) {
      var operation = about.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
      disturbance.ifPresent(it -> it.accept(operation, isAfter));
    }
  }
}
