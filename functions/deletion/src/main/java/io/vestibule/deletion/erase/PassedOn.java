package io.vestibule.deletion.erase;

import static io.vestibule.core.Passed.WITHDRAWN;
import static io.vestibule.store.people.Recipients.CLOSED;
import static io.vestibule.store.people.Recipients.TOLD;

import io.vestibule.core.Awaited.Withdrawal;
import io.vestibule.core.Passed;
import io.vestibule.store.Erasure;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Asked;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** To whom something of a customer was passed on, and that they are told of its end. */
public final class PassedOn {

  private static final Set<String> ANSWERS = Set.of(TOLD, CLOSED);

  private static final Asked NOTHING =
      new Asked(Optional.empty(), Optional.empty(), Optional.empty());

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

  /** To whom, of a customer who is erased: who has not answered is still awaited. */
  public List<Passed> erased(String customerId) {
    return recipients.of(customerId).stream().map(PassedOn::erased).toList();
  }

  private static Passed erased(Recipient recipient) {
    var passed = passed(recipient);
    return passed.answer() == null ? passed.awaited() : passed;
  }

  /**
   * To whom, of a customer who has withdrawn: who is told of it, and has not answered, is awaited.
   */
  public List<Passed> withdrawn(String customerId, Withdrawal withdrawal) {
    return recipients.of(customerId).stream().map(it -> withdrawn(it, withdrawal)).toList();
  }

  /** The same of one of them. An answer to an earlier withdrawal is none to this one. */
  public static Passed withdrawn(Recipient recipient, Withdrawal withdrawal) {
    var unasked = passed(recipient, NOTHING);
    if (!withdrawal.targets().contains(recipient.target())) {
      return unasked;
    }
    var asked = recipient.withdrawal();
    return asked
        .answeredAt()
        .filter(it -> !it.isBefore(withdrawal.at()))
        .map(it -> passed(recipient, answered(asked, withdrawal, it)))
        .orElseGet(unasked::awaited);
  }

  /** Nothing, if it need not be told. */
  private static Asked answered(Asked asked, Withdrawal withdrawal, Instant answeredAt) {
    var answer =
        asked.answer().filter(ANSWERS::contains).map(it -> it.equals(TOLD) ? WITHDRAWN : it);
    return answer.isEmpty()
        ? NOTHING
        : new Asked(
            asked.at().filter(it -> !it.isBefore(withdrawal.at()) && !it.isAfter(answeredAt)),
            answer,
            Optional.of(answeredAt));
  }

  /** What a person is told of one of them. */
  private static Passed passed(Recipient recipient) {
    return passed(recipient, recipient.erasure());
  }

  private static Passed passed(Recipient recipient, Asked asked) {
    return new Passed(
        recipient.target(),
        recipient.country().isEmpty() ? null : recipient.country(),
        recipient.fields().stream().sorted().toList(),
        recipient.since().orElse(null),
        asked.at().orElse(null),
        asked.answer().orElse(null),
        asked.answeredAt().orElse(null),
        null);
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
