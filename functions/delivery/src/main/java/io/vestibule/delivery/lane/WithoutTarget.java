package io.vestibule.delivery.lane;

import io.vestibule.core.Deadline;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.Due;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Recipients;
import java.time.Clock;

/**
 * What lies in a lane whose target has no file. If there was one, what is owed waits until somebody
 * brings the file back, or closes it. If there never was, somebody wrote rows who should not: they
 * make no lane, and no alarm.
 */
public final class WithoutTarget {

  private final Deliveries deliveries;
  private final Entries entries;
  private final Recipients recipients;
  private final Answers answers;
  private final Settle settle;
  private final Clock clock;

  public WithoutTarget(
      Deliveries deliveries,
      Entries entries,
      Recipients recipients,
      Answers answers,
      Settle settle,
      Clock clock) {
    this.deliveries = deliveries;
    this.entries = entries;
    this.recipients = recipients;
    this.answers = answers;
    this.settle = settle;
    this.clock = clock;
  }

  /** Drops what is about nobody; stops the lane at the first that is not. */
  void run(String name, Deadline deadline) {
    var isStopped =
        deliveries
            .due(name, clock.instant())
            .takeWhile(_ -> !deadline.isOver())
            .anyMatch(this::isReal);
    if (isStopped) {
      settle.stop(name, Recipients.NO_TARGET);
    }
  }

  private boolean isReal(Due due) {
    if (due.delivery().isEmpty()) {
      settle.refuse(due);
      return false;
    }
    var delivery = due.delivery().get();
    if (isReal(delivery)) {
      return true;
    }
    if (delivery.news() instanceof News.Withdrew(var request, var _, var _)) {
      answer(delivery, request);
    }
    settle.end(delivery, Outcome.dropped(Recipients.NO_TARGET));
    return false;
  }

  /** No receipt waits for whoever owes nothing any more. */
  private void answer(Delivery delivery, String request) {
    recipients
        .find(delivery.customerId(), delivery.target())
        .ifPresentOrElse(
            it -> answers.take(it, Recipients.Order.UNSUBSCRIBE, Recipients.NO_TARGET, request),
            () -> answers.count(request));
  }

  private boolean isReal(Delivery delivery) {
    return switch (delivery.news()) {
      case News.Entered(var entryId) -> !entries.find(delivery.customerId(), entryId).isEmpty();
      case News.Withdrew _, News.Erased _ ->
          recipients
              .find(delivery.customerId(), delivery.target())
              .filter(it -> it.erasure().answer().isEmpty())
              .isPresent();
    };
  }
}
