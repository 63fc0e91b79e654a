package io.vestibule.delivery;

import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.End;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.rows.AwaitedAnswers;
import java.time.Clock;

/** Ends what is owed to somebody who is erased, on a person's word. */
final class CloseErasure {

  private final ErasedNumbers erased;
  private final Recipients recipients;
  private final Deliveries deliveries;
  private final AwaitedAnswers awaited;
  private final Clock clock;

  CloseErasure(
      ErasedNumbers erased,
      Recipients recipients,
      Deliveries deliveries,
      AwaitedAnswers awaited,
      Clock clock) {
    this.erased = erased;
    this.recipients = recipients;
    this.deliveries = deliveries;
    this.awaited = awaited;
    this.clock = clock;
  }

  /**
   * Ends it.
   *
   * @return whether there was anything to end: the customer is erased, the target was told of them,
   *     and has not answered. It need not have been asked: its file may be gone
   */
  boolean run(String target, String customerId) {
    var erasure = erased.find(customerId);
    var recipient =
        erasure
            .flatMap(_ -> recipients.find(customerId, target))
            .filter(it -> it.erasure().answer().isEmpty());
    recipient.ifPresent(
        it -> {
          var now = clock.instant();
          recipients.answer(it, Recipients.Order.ERASE, "closed", now);
          awaited.count(erasure.orElseThrow().askedBy());
          deliveries.end(Deliveries.keyOfErasure(target, customerId), End.DROPPED, "closed", now);
        });
    return recipient.isPresent();
  }
}
