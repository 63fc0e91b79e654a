package io.vestibule.delivery;

import io.vestibule.core.Deadline;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;

/**
 * Has those told of erasures who were not: a version of before there were recipients erased the
 * customer while it was rolled back to. It reads the whole table, so it is for a person's order.
 */
final class FollowErasures {

  private final Recipients recipients;
  private final ErasedNumbers erased;
  private final Deliveries deliveries;

  FollowErasures(Recipients recipients, ErasedNumbers erased, Deliveries deliveries) {
    this.recipients = recipients;
    this.erased = erased;
    this.deliveries = deliveries;
  }

  /**
   * Puts what is owed into the outbox, as far as the time allows; what is there already stays.
   *
   * @return how many rows
   */
  int run(Deadline deadline) {
    int added = 0;
    for (var recipient : recipients.unanswered()) {
      if (deadline.isOver()) {
        break;
      }
      added +=
          erased
                  .find(recipient.customerId())
                  .filter(it -> deliveries.tellErased(recipient.target(), it))
                  .isPresent()
              ? 1
              : 0;
    }
    return added;
  }
}
