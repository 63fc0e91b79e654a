package io.vestibule.delivery;

import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.End;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Recipients;
import java.time.Clock;
import java.time.Instant;

/** Ends what is owed to somebody who is erased, on a person's word. */
final class CloseErasure {

  private final Recipients recipients;
  private final Deliveries deliveries;
  private final Clock clock;

  CloseErasure(Recipients recipients, Deliveries deliveries, Clock clock) {
    this.recipients = recipients;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * Ends it.
   *
   * @return whether there was anything to end: the target was told of the customer, was asked to
   *     erase them, and has not answered
   */
  boolean run(String target, String customerId) {
    var recipient =
        recipients
            .find(customerId, target)
            .filter(it -> it.erasure().at().isPresent() && it.erasure().answer().isEmpty());
    recipient.ifPresent(
        it -> {
          var now = clock.instant();
          recipients.answer(it, Recipients.Order.ERASE, "closed", now);
          var news = new News.Erased(customerId, Instant.EPOCH);
          var delivery = new Delivery(target, customerId, news, 0, now);
          deliveries.end(Deliveries.key(delivery), End.DROPPED, "closed", now);
        });
    return recipient.isPresent();
  }
}
