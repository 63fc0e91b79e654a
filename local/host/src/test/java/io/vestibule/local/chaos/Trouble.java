package io.vestibule.local.chaos;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** One thing that goes wrong once, at one of the calls that functions make. */
final class Trouble implements Disturbance {

  enum Kind {
    DEATH_BEFORE,
    DEATH_AFTER,
    /** AWS does not take the call, after all the SDK's attempts. */
    REFUSED,
    /** AWS carries the call out, and the caller never hears of it. */
    ANSWER_LOST,
    /** Another transaction is at the same item; DynamoDB Local never says so. */
    CONFLICT,
    /** Somebody else does something at this very moment. */
    MEANWHILE
  }

  private final Kind kind;
  private final int number;
  private final Runnable meanwhile;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<@Nullable Call> struck = new AtomicReference<>();

  /**
   * Waits for the call.
   *
   * @param number of the call among all that functions make, from 1; a conflict waits on, for a
   *     write that can have one
   */
  Trouble(Kind kind, int number, Runnable meanwhile) {
    this.kind = kind;
    this.number = number;
    this.meanwhile = meanwhile;
  }

  /** Whether SES may have a mail of which the row does not say so. */
  boolean mayRepeatAMail() {
    var call = struck.get();
    return call != null
        && call.function().equals("MailerFunction")
        && kind != Kind.MEANWHILE
        && (call.operation().equals("SendEmail") || call.operation().equals("UpdateItem"));
  }

  @Override
  public void before(Call call) {
    if (!strikes(call)) {
      return;
    }
    switch (kind) {
      case DEATH_BEFORE -> throw new Death(toString());
      case REFUSED -> throw SdkClientException.create(toString());
      case CONFLICT -> throw conflict(call);
      case MEANWHILE -> meanwhile.run();
      case DEATH_AFTER, ANSWER_LOST -> {}
    }
  }

  /** The very request that was struck: another one may be equal to it. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public void after(Call call) {
    var last = struck.get();
    if (last == null || last.request() != call.request()) {
      return;
    }
    switch (kind) {
      case DEATH_AFTER -> throw new Death(toString());
      case ANSWER_LOST -> throw SdkClientException.create(toString());
      case DEATH_BEFORE, REFUSED, CONFLICT, MEANWHILE -> {}
    }
  }

  @Override
  public String toString() {
    return kind + " at " + (struck.get() == null ? "call " + number : struck.get());
  }

  private boolean strikes(Call call) {
    return !call.isOfTheOperator()
        && calls.incrementAndGet() >= number
        && (kind != Kind.CONFLICT || isWrite(call))
        && struck.compareAndSet(null, call);
  }

  private static boolean isWrite(Call call) {
    return call.operation().equals("TransactWriteItems") || call.operation().equals("UpdateItem");
  }

  private static RuntimeException conflict(Call call) {
    if (!(call.request() instanceof TransactWriteItemsRequest transaction)) {
      return TransactionConflictException.builder().message("injected").build();
    }
    var reasons = new CancellationReason[transaction.transactItems().size()];
    Arrays.fill(reasons, CancellationReason.builder().code("None").build());
    reasons[0] = CancellationReason.builder().code("TransactionConflict").build();
    return TransactionCanceledException.builder()
        .message("injected")
        .cancellationReasons(reasons)
        .build();
  }
}
