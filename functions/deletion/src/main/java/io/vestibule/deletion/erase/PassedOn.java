package io.vestibule.deletion.erase;

import io.vestibule.core.Passed;
import io.vestibule.store.Erasure;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.util.List;

/** To whom something of a customer was passed on, and that they are told of its end. */
public final class PassedOn {

  private final Recipients recipients;
  private final Deliveries deliveries;

  public PassedOn(Recipients recipients, Deliveries deliveries) {
    this.recipients = recipients;
    this.deliveries = deliveries;
  }

  /** To whom, by their names. */
  public List<Passed> of(String customerId) {
    return recipients.of(customerId).stream().map(PassedOn::passed).toList();
  }

  /** What a person is told of one of them. */
  public static Passed passed(Recipient recipient) {
    var asked = recipient.erasure();
    return new Passed(
        recipient.target(),
        recipient.country().isEmpty() ? null : recipient.country(),
        recipient.fields().stream().sorted().toList(),
        recipient.since().orElse(null),
        asked.at().orElse(null),
        asked.answer().orElse(null),
        asked.answeredAt().orElse(null));
  }

  /**
   * Has everybody told that a customer is erased who was told of them. It is done after the
   * erasure's commit, and is repeated with the rest of it: nobody can be told of the customer from
   * then on, so whoever is found now are all.
   */
  void erase(Erasure erasure, String customerId) {
    recipients.of(customerId).stream()
        .filter(it -> it.erasure().answer().isEmpty())
        .forEach(it -> deliveries.tellErased(it.target(), erasure));
  }
}
