package io.vestibule.delivery;

import io.vestibule.delivery.lane.Answers;
import io.vestibule.store.Erasure;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.End;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Order;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Ends what is owed to somebody who is erased, or has withdrawn, on a person's word. */
final class CloseEnd {

  /** What is owed is tried every day: no attempt is due later. */
  private static final Duration FARTHEST = Duration.ofDays(2);

  private final ErasedNumbers erased;
  private final Recipients recipients;
  private final Deliveries deliveries;
  private final Answers answers;
  private final Clock clock;

  CloseEnd(
      ErasedNumbers erased,
      Recipients recipients,
      Deliveries deliveries,
      Answers answers,
      Clock clock) {
    this.erased = erased;
    this.recipients = recipients;
    this.deliveries = deliveries;
    this.answers = answers;
    this.clock = clock;
  }

  /**
   * Ends it.
   *
   * @return whether there was anything to end: the target was told of the customer, who is erased,
   *     and has not answered to that; it need not have been asked, as its file may be gone. Or it
   *     is still to be told of a withdrawal. Both end
   */
  boolean run(String target, String customerId) {
    return recipients.find(customerId, target).filter(this::isAnyEnded).isPresent();
  }

  /** Who withdrew and was erased then may be owed both, each with a receipt of its own. */
  private boolean isAnyEnded(Recipient recipient) {
    boolean isWithdrawn = ofWithdrawals(recipient);
    boolean isErased =
        erased.find(recipient.customerId()).filter(it -> ofErasure(recipient, it)).isPresent();
    return isWithdrawn || isErased;
  }

  private boolean ofErasure(Recipient recipient, Erasure erasure) {
    if (recipient.erasure().answer().isPresent()) {
      return false;
    }
    close(
        recipient,
        Order.ERASE,
        erasure.askedBy(),
        Deliveries.keyOfErasure(recipient.target(), recipient.customerId()));
    return true;
  }

  private boolean ofWithdrawals(Recipient recipient) {
    var open =
        deliveries
            .due(recipient.target(), clock.instant().plus(FARTHEST))
            .flatMap(it -> it.delivery().stream())
            .filter(it -> it.customerId().equals(recipient.customerId()))
            .toList();
    long closed = open.stream().filter(it -> isClosed(recipient, it)).count();
    return closed > 0;
  }

  private boolean isClosed(Recipient recipient, Delivery delivery) {
    if (delivery.news() instanceof News.Withdrew(var request, var _, var _)) {
      close(recipient, Order.UNSUBSCRIBE, request, Deliveries.key(delivery));
      return true;
    }
    return false;
  }

  /**
   * The row ends last. If this dies before it, the lane ends the row of an erasure, and the same
   * order that of a withdrawal.
   */
  private void close(
      Recipient recipient, Order order, String request, Map<String, AttributeValue> row) {
    answers.take(recipient, order, Recipients.CLOSED, request);
    deliveries.end(row, End.DROPPED, Recipients.CLOSED, clock.instant());
  }
}
