package io.vestibule.delivery.lane;

import static io.vestibule.store.delivery.Deliveries.AFTER_THE_LAST;

import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Withdrawal;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.Erasure;
import io.vestibule.store.delivery.Deliveries.End;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.time.Clock;
import java.time.Duration;
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
  private final TheirNames theirNames;
  private final OpenCustomer openCustomer;
  private final Answers answers;
  private final Clock clock;

  public TellEnd(
      Recipients recipients,
      ErasedNumbers erasedNumbers,
      Kinds kinds,
      OutsideNames names,
      OpenCustomer openCustomer,
      Answers answers,
      Clock clock) {
    this.recipients = recipients;
    this.erasedNumbers = erasedNumbers;
    this.kinds = kinds;
    this.names = names;
    this.theirNames = new TheirNames(names);
    this.openCustomer = openCustomer;
    this.answers = answers;
    this.clock = clock;
  }

  Outcome erased(Target target, Delivery delivery) {
    // Others may write to the outbox; only a commit puts a number into the table of erasures.
    var erasure = erasedNumbers.find(delivery.customerId());
    if (erasure.isEmpty()) {
      return Outcome.dropped("not-erased");
    }
    var early = Duration.between(clock.instant(), erasure.get().erasedAt().plus(AFTER_THE_LAST));
    if (early.isPositive()) {
      return new Outcome.Again(Optional.of(early), "too-early", false);
    }
    return recipients
        .find(delivery.customerId(), target.name())
        .map(
            it ->
                hasAnswered(it)
                    ? counted(erasure.get().askedBy(), Outcome.of(Answer.taken()))
                    : erased(target, delivery, erasure.get(), it))
        .orElseGet(() -> Outcome.dropped("never-told"));
  }

  private Outcome erased(Target target, Delivery delivery, Erasure erasure, Recipient recipient) {
    var wanted = wanted(target, erasure);
    if (wanted.isEmpty()) {
      recipients.answer(recipient, Recipients.Order.ERASE, Recipients.KEEPS, clock.instant());
      return Outcome.dropped(Recipients.KEEPS);
    }
    recipients.ask(recipient, Recipients.Order.ERASE, clock.instant());
    var order = kinds.order(target, message(delivery), recipient.customerId());
    var answer =
        kinds
            .of(target)
            .erase(
                order,
                new io.vestibule.delivery.kind.Erasure(
                    names.customer(target.name(), recipient.customerId()),
                    numbers(recipient),
                    theirNames.told(target, recipient),
                    wanted.get(),
                    erasure.erasedAt()));
    return answered(recipient, Recipients.Order.ERASE, answer, erasure.askedBy());
  }

  /** What the target is to do; empty if it keeps what ended here by its time. */
  private static Optional<Target.OnErase> wanted(Target target, Erasure erasure) {
    if (!erasure.askedBy().equals(Erasure.RETENTION)) {
      return Optional.of(target.onErase());
    }
    return switch (target.onRetention()) {
      case KEEP -> Optional.empty();
      case UNLINK -> Optional.of(Target.OnErase.UNLINK);
      case DELETE -> Optional.of(Target.OnErase.DELETE);
    };
  }

  Outcome withdrew(Target target, Delivery delivery, News.Withdrew news) {
    return recipients
        .find(delivery.customerId(), target.name())
        .map(it -> noted(it, news, withdrew(target, delivery, news, it)))
        .orElseGet(() -> counted(news.request(), Outcome.dropped("never-told")));
  }

  /** The row proves no withdrawal: the customer's own decisions do. */
  private Outcome withdrew(
      Target target, Delivery delivery, News.Withdrew news, Recipient recipient) {
    if (!target.isFor(news.purpose())) {
      return Outcome.dropped(Recipients.NOT_CONCERNED);
    }
    try {
      var customer = openCustomer.open(delivery);
      if (customer.isEmpty()) {
        return openCustomer.missing(delivery.customerId());
      }
      return target.lacksConsent(customer.get().record())
          ? tellWithdrawal(target, delivery, news, recipient)
          : Outcome.dropped(Recipients.CONSENT_STANDS);
    } catch (KnownCustomers.Unreadable e) {
      return Outcome.ours("customer-unreadable");
    }
  }

  /** No receipt waits for who need not be told. */
  private Outcome noted(Recipient recipient, News.Withdrew news, Outcome outcome) {
    if (outcome instanceof Outcome.Ended(var end, var code) && end == End.DROPPED) {
      answers.take(recipient, Recipients.Order.UNSUBSCRIBE, code, news.request());
    }
    return outcome;
  }

  private Outcome tellWithdrawal(
      Target target, Delivery delivery, News.Withdrew news, Recipient recipient) {
    recipients.ask(recipient, Recipients.Order.UNSUBSCRIBE, clock.instant());
    var answer =
        kinds
            .of(target)
            .unsubscribe(
                kinds.order(target, message(delivery), recipient.customerId()),
                new Withdrawal(
                    names.customer(target.name(), recipient.customerId()),
                    numbers(recipient),
                    news.purpose(),
                    news.at()));
    return answered(recipient, Recipients.Order.UNSUBSCRIBE, answer, news.request());
  }

  /** Nobody's right ends because a target refuses: what it refuses is tried again, day by day. */
  private Outcome answered(
      Recipient recipient, Recipients.Order order, Answer answer, String request) {
    return switch (answer) {
      case Answer.Taken _ -> {
        answers.take(recipient, order, Recipients.TOLD, request);
        yield Outcome.of(answer);
      }
      case Answer.Failed(var code, var _) -> new Outcome.Again(Optional.empty(), code, false);
      case Answer.Later _, Answer.Stopped _ -> Outcome.of(answer);
    };
  }

  private Outcome counted(String request, Outcome outcome) {
    answers.count(request);
    return outcome;
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
