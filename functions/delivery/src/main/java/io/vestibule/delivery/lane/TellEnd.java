package io.vestibule.delivery.lane;

import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Withdrawal;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.Erasure;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Tells a target that somebody is erased here, or withdrew a consent, and writes down what it
 * answered. A target that was told nothing of them hears nothing of this either.
 */
public final class TellEnd {

  private final Recipients recipients;
  private final ErasedNumbers erasedNumbers;
  private final Kinds kinds;
  private final OutsideNames names;
  private final Clock clock;

  public TellEnd(
      Recipients recipients,
      ErasedNumbers erasedNumbers,
      Kinds kinds,
      OutsideNames names,
      Clock clock) {
    this.recipients = recipients;
    this.erasedNumbers = erasedNumbers;
    this.kinds = kinds;
    this.names = names;
    this.clock = clock;
  }

  Outcome erased(Target target, Delivery delivery) {
    // Others may write to the outbox; only a commit puts a number into the table of erasures.
    var erasure = erasedNumbers.find(delivery.customerId());
    if (erasure.isEmpty()) {
      return Outcome.dropped("not-erased");
    }
    return recipients
        .find(delivery.customerId(), target.name())
        .map(
            it ->
                hasAnswered(it)
                    ? Outcome.of(Answer.taken())
                    : erased(target, delivery, erasure.get(), it))
        .orElseGet(() -> Outcome.dropped("never-told"));
  }

  private Outcome erased(Target target, Delivery delivery, Erasure erasure, Recipient recipient) {
    if (erasure.askedBy().equals(Erasure.RETENTION)
        && target.onRetention() == Target.OnRetention.KEEP) {
      recipients.answer(recipient, Recipients.Order.ERASE, "keeps", clock.instant());
      return Outcome.dropped("keeps");
    }
    recipients.ask(recipient, Recipients.Order.ERASE, clock.instant());
    var order = kinds.order(target, message(delivery));
    var answer =
        kinds
            .of(target)
            .erase(
                order,
                new io.vestibule.delivery.kind.Erasure(
                    names.customer(target.name(), recipient.customerId()),
                    numbers(recipient),
                    Optional.empty(),
                    erasure.erasedAt()));
    return answered(recipient, Recipients.Order.ERASE, answer);
  }

  Outcome withdrew(Target target, Delivery delivery, News.Withdrew news) {
    return recipients
        .find(delivery.customerId(), target.name())
        .map(it -> withdrew(target, delivery, news, it))
        .orElseGet(() -> Outcome.dropped("never-told"));
  }

  private Outcome withdrew(
      Target target, Delivery delivery, News.Withdrew news, Recipient recipient) {
    recipients.ask(recipient, Recipients.Order.UNSUBSCRIBE, clock.instant());
    var answer =
        kinds
            .of(target)
            .unsubscribe(
                kinds.order(target, message(delivery)),
                new Withdrawal(
                    names.customer(target.name(), recipient.customerId()),
                    numbers(recipient),
                    news.purpose(),
                    Optional.empty(),
                    news.at()));
    return answered(recipient, Recipients.Order.UNSUBSCRIBE, answer);
  }

  /** Nobody's right ends because a target refuses: what it refuses is tried again, day by day. */
  private Outcome answered(Recipient recipient, Recipients.Order order, Answer answer) {
    return switch (answer) {
      case Answer.Taken _ -> {
        recipients.answer(recipient, order, "told", clock.instant());
        yield Outcome.of(answer);
      }
      case Answer.Failed(var code, var _) -> new Outcome.Again(Optional.empty(), code, false);
      case Answer.Later _, Answer.Stopped _ -> Outcome.of(answer);
    };
  }

  /**
   * Whoever wrote the answer down died before the row was ended. To ask again would be another
   * message under the same id, as the numbers are gone.
   */
  private static boolean hasAnswered(Recipient recipient) {
    return recipient.erasure().answer().isPresent();
  }

  private String message(Delivery delivery) {
    return names.message(delivery.target(), delivery.news().id());
  }

  private static List<String> numbers(Recipient recipient) {
    return recipient.numbers().stream().sorted().toList();
  }
}
