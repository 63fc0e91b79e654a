package io.vestibule.delivery.lane;

import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.joining;

import io.vestibule.core.OperatorCode;
import io.vestibule.core.WorkThreads;
import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.lane.TellEntry.Prepared;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.Redacted;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Attempts to tell a target one thing, or several at once. */
public final class Attempt {

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private static final Outcome TOOK_TOO_LONG = Outcome.ours("took-too-long");

  /** So much of what is gathered is looked at, at once. */
  private static final int AT_ONCE = 8;

  /** Of the time in which what was read may be told, for reading the others: so some always go. */
  private static final Duration PREPARING = Duration.ofSeconds(5);

  private final TellEntry tellEntry;
  private final TellEnd tellEnd;
  private final TellCount tellCount;
  private final Kinds kinds;
  private final OutsideNames names;
  private final Settle settle;
  private final Clock clock;

  public Attempt(
      TellEntry tellEntry,
      TellEnd tellEnd,
      TellCount tellCount,
      Kinds kinds,
      OutsideNames names,
      Settle settle,
      Clock clock) {
    this.tellEntry = tellEntry;
    this.tellEnd = tellEnd;
    this.tellCount = tellCount;
    this.kinds = kinds;
    this.names = names;
    this.settle = settle;
    this.clock = clock;
  }

  /**
   * What came of an attempt, as far as others are concerned.
   *
   * @param isBegun whether there was one to be made
   * @param rest for how long the whole lane rests; empty if it goes on
   */
  record Made(boolean isBegun, Optional<Duration> rest) {

    static final Made NONE = new Made(false, Optional.empty());
  }

  /** Tells one thing. */
  Made one(Target target, Delivery delivery) {
    if (!settle.begin(delivery)) {
      return Made.NONE;
    }
    return new Made(true, settle.end(delivery, tell(target, delivery)));
  }

  private Outcome tell(Target target, Delivery delivery) {
    try {
      return switch (delivery.news()) {
        case News.Entered _ ->
            target.countsOnly() ? tellCount.tell(target, delivery) : send(target, delivery);
        case News.Withdrew withdrew -> tellEnd.withdrew(target, delivery, withdrew);
        case News.Erased _ -> tellEnd.erased(target, delivery);
      };
    } catch (Kinds.SecretUnreadable e) {
      return secretUnreadable();
    } catch (SdkException e) {
      return trouble(e);
    }
  }

  private Outcome send(Target target, Delivery delivery) {
    // Whatever takes time is done before the customer is looked at.
    var order = kinds.order(target, message(target, List.of(delivery)), delivery.customerId());
    var hindrance = kinds.of(target).ready(order);
    if (hindrance.isPresent()) {
      return Outcome.of(hindrance.get());
    }
    return switch (tellEntry.prepare(target, delivery)) {
      case Prepared.Not(var outcome) -> outcome;
      case Prepared.Ready ready -> send(order, List.of(ready));
    };
  }

  /** Tells of several entries by one message. */
  Made together(Target target, List<Delivery> entries) {
    var begun = entries.stream().filter(settle::begin).toList();
    return begun.isEmpty() ? Made.NONE : new Made(true, tell(target, begun));
  }

  /** For how long the lane rests. */
  private Optional<Duration> tell(Target target, List<Delivery> entries) {
    try {
      var order = kinds.order(target, message(target, entries));
      var looked = look(target, entries);
      for (var it : looked) {
        if (it.prepared() instanceof Prepared.Not(var outcome)) {
          settle.end(it.delivery(), outcome);
        }
      }
      var ready = looked.stream().filter(it -> it.prepared() instanceof Prepared.Ready).toList();
      return ready.isEmpty()
          ? Optional.empty()
          : settle.endTogether(
              ready.stream().map(Looked::delivery).toList(),
              send(order, ready.stream().map(it -> (Prepared.Ready) it.prepared()).toList()));
    } catch (Kinds.SecretUnreadable e) {
      return settle.endTogether(entries, secretUnreadable());
    }
  }

  private record Looked(Delivery delivery, Prepared prepared) {}

  private List<Looked> look(Target target, List<Delivery> entries) {
    var end = clock.instant().plus(PREPARING);
    return entries.stream()
        .gather(WorkThreads.map(AT_ONCE, it -> new Looked(it, look(target, it, end))))
        .toList();
  }

  private Prepared look(Target target, Delivery delivery, Instant end) {
    try {
      return clock.instant().isAfter(end)
          ? new Prepared.Not(TOOK_TOO_LONG)
          : tellEntry.prepare(target, delivery);
    } catch (SdkException e) {
      return new Prepared.Not(trouble(e));
    }
  }

  private String message(Target target, List<Delivery> entries) {
    var what = entries.stream().map(it -> it.news().id()).collect(joining("|"));
    return names.message(target.name(), what);
  }

  private Outcome send(Order order, List<Prepared.Ready> ready) {
    var until = ready.stream().map(Prepared.Ready::freshUntil).min(naturalOrder()).orElseThrow();
    return clock.instant().isAfter(until)
        ? TOOK_TOO_LONG
        : Outcome.of(
            kinds
                .of(order.target())
                .send(order.until(until), ready.stream().map(Prepared.Ready::message).toList()));
  }

  private static Outcome secretUnreadable() {
    return new Outcome.Again(Optional.empty(), "secret-unreadable", true);
  }

  /** AWS's trouble with one of them must not keep up the others. */
  private static Outcome trouble(SdkException e) {
    LOG.warn("One could not be told now", OperatorCode.ONE_FAILED.entry(), new Redacted(e));
    return Outcome.ours("trouble");
  }
}
