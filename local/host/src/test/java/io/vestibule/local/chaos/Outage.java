package io.vestibule.local.chaos;

import java.util.Collections;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/**
 * A service that takes nothing from anybody, from a certain call on, until so many calls have
 * failed.
 *
 * <p>What a caller sees is what the SDK throws once its own attempts are used up; where it makes
 * none (SES, and transactions that are cancelled for throttling), what AWS answers.
 */
final class Outage implements Disturbance {

  private final Call begin;
  private final int failures;
  private final Runnable atEach;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicInteger failed = new AtomicInteger();

  /**
   * Waits for the call with which it begins.
   *
   * @param failures how many calls fail before it is over
   * @param atEach is done at each of them: time passes
   */
  Outage(Call begin, int failures, Runnable atEach) {
    this.begin = begin;
    this.failures = failures;
    this.atEach = atEach;
  }

  boolean isOver() {
    return failed.get() >= failures;
  }

  @Override
  public synchronized void before(Call call) {
    if (call.toString().equals(begin.toString())) {
      begun.set(true);
    }
    boolean isHit = call.service().equals(begin.service()) && !call.isOfTheOperator();
    if (begun.get() && isHit && !isOver()) {
      atEach.run();
      throw failure(call, failed.incrementAndGet());
    }
  }

  private static RuntimeException failure(Call call, int number) {
    if (call.request() instanceof TransactWriteItemsRequest transaction) {
      var throttled = CancellationReason.builder().code("ThrottlingError").build();
      return TransactionCanceledException.builder()
          .message("injected")
          .cancellationReasons(Collections.nCopies(transaction.transactItems().size(), throttled))
          .build();
    }
    if (call.isToSend() && number == 1) {
      return TooManyRequestsException.builder().message("injected").build();
    }
    if (call.isToSend() && number == 2) {
      return SendingPausedException.builder().message("injected").build();
    }
    return SdkClientException.create("injected");
  }
}
