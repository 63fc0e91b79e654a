package io.vestibule.delivery.lane;

import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Order;
import io.vestibule.store.people.Recipients.Recipient;
import io.vestibule.store.rows.AwaitedAnswers;
import java.time.Clock;

/**
 * What came of an end that a target was to be told of. It is written down before it is counted, as
 * whoever is woken by the count looks for it once; and counted before the row in the outbox ends,
 * as nobody comes back to it then.
 */
public record Answers(Recipients recipients, AwaitedAnswers awaited, Clock clock) {

  /**
   * Takes one down.
   *
   * @param answer a word of ours
   * @param request whose receipt awaits it
   */
  public void take(Recipient recipient, Order order, String answer, String request) {
    recipients.answer(recipient, order, answer, clock.instant());
    count(request);
  }

  /** Nothing is to be written down, or it was before: a death may have come in between. */
  void count(String request) {
    awaited.count(request);
  }
}
