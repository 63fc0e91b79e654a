package io.vestibule.delivery;

import io.vestibule.core.Deadline;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;

/**
 * Has those told of erasures who were not. A version of before there were recipients erased the
 * customer, while it was rolled back to; or somebody who may write to the outbox had the row end.
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
    var numbers = erased.all();
    int added = 0;
    for (var recipient : recipients.unanswered()) {
      if (deadline.isOver()) {
        break;
      }
      added += numbers.contains(recipient.customerId()) && tell(recipient) ? 1 : 0;
    }
    return added;
  }

  private boolean tell(Recipient recipient) {
    return erased
        .find(recipient.customerId())
        .filter(it -> deliveries.tellErased(recipient.target(), it))
        .isPresent();
  }
}
