package io.vestibule.delivery.lane;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Deliveries.Due;
import io.vestibule.store.delivery.Deliveries.End;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the outbox true: that an attempt begins, and what follows from what came of it. */
public final class Settle {

  private static final Logger LOG = LoggerFactory.getLogger(Settle.class);

  /** Nobody begins the next attempt while one may be under way: none takes so long. */
  private static final Duration ATTEMPT = Duration.ofMinutes(1);

  private final Deliveries deliveries;
  private final Lanes lanes;
  private final BackOff backOff;
  private final Clock clock;

  public Settle(Deliveries deliveries, Lanes lanes, BackOff backOff, Clock clock) {
    this.deliveries = deliveries;
    this.lanes = lanes;
    this.backOff = backOff;
    this.clock = clock;
  }

  /** Begins an attempt; false if there is none to be made. */
  boolean begin(Delivery delivery) {
    var usual = backOff.after(delivery);
    var wait = usual.compareTo(ATTEMPT) > 0 ? usual : ATTEMPT;
    return deliveries.begin(delivery, clock.instant().plus(wait));
  }

  /**
   * Writes down what came of an attempt.
   *
   * @return for how long the whole lane rests; empty if it goes on
   */
  Optional<Duration> end(Delivery delivery, Outcome outcome) {
    return end(delivery, outcome, backOff.after(delivery));
  }

  /**
   * The same for several that were told at once: what must be tried again is due at one time, so
   * that it is one message again.
   */
  Optional<Duration> endTogether(List<Delivery> told, Outcome outcome) {
    var usual = told.stream().map(backOff::after).max(Duration::compareTo).orElse(Duration.ZERO);
    return told.stream().flatMap(it -> end(it, outcome, usual).stream()).max(Duration::compareTo);
  }

  private Optional<Duration> end(Delivery delivery, Outcome outcome, Duration usual) {
    return switch (outcome) {
      case Outcome.Ended(var end, var code) -> {
        end(delivery, end, code);
        yield Optional.empty();
      }
      case Outcome.Again again -> again(delivery, again, usual);
      case Outcome.Stopped(var code) -> {
        stop(delivery, code);
        yield Optional.of(Duration.ZERO);
      }
    };
  }

  private void end(Delivery delivery, End end, String code) {
    boolean isEnded = deliveries.end(Deliveries.key(delivery), end, code, clock.instant());
    switch (end) {
      case TOLD -> Counter.DELIVERED.increment();
      case DROPPED -> LOG.info("Nothing to tell {}: {}", delivery.target(), code);
      case FAILED -> {
        if (isEnded) {
          failed(delivery.target(), code);
        }
      }
    }
  }

  /**
   * Ends a row that is none that we write. Whoever may write to the table may have put it there; it
   * may also have taken the place of one of ours, so a person is to hear of it.
   *
   * @return whether it had not ended before
   */
  boolean refuse(Due row) {
    boolean isEnded = deliveries.end(row.key(), End.FAILED, "malformed", clock.instant());
    if (isEnded) {
      failed(row.target(), "malformed");
    }
    return isEnded;
  }

  private static void failed(String target, String code) {
    Counter.DELIVERY_FAILED.increment();
    LOG.error("{} was not told: {}", target, code, OperatorCode.DELIVERY_FAILED.entry());
  }

  private Optional<Duration> again(Delivery delivery, Outcome.Again again, Duration usual) {
    if (BackOff.isLast(delivery)) {
      end(delivery, End.FAILED, again.code());
    } else {
      var wished = BackOff.atMost(again.after());
      var wait = wished.compareTo(usual) > 0 ? wished : usual;
      deliveries.postpone(delivery, clock.instant().plus(wait), again.code());
      LOG.info("{} is told later: {}", delivery.target(), again.code());
    }
    return again.isTargets() ? Optional.of(BackOff.atMost(again.after())) : Optional.empty();
  }

  /** It goes on with this very row when a person has the lane resumed. */
  private void stop(Delivery delivery, String code) {
    deliveries.postpone(delivery, clock.instant(), code);
    stop(delivery.target(), code);
  }

  /** Stops a lane; who finds it stopped says nothing. */
  public void stop(String target, String code) {
    if (lanes.stop(target, code, clock.instant())) {
      LOG.error("Nothing goes to {} any more: {}", target, code, OperatorCode.LANE_STOPPED.entry());
    }
  }
}
