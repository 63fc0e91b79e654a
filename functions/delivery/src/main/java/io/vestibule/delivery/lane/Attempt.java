package io.vestibule.delivery.lane;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.lane.TellEntry.Prepared;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Attempts to tell a target one thing, or several at once. */
public final class Attempt {

  private final TellEntry tellEntry;
  private final TellEnd tellEnd;
  private final Kinds kinds;
  private final OutsideNames names;
  private final Settle settle;
  private final Clock clock;

  public Attempt(
      TellEntry tellEntry,
      TellEnd tellEnd,
      Kinds kinds,
      OutsideNames names,
      Settle settle,
      Clock clock) {
    this.tellEntry = tellEntry;
    this.tellEnd = tellEnd;
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

    /** Of two in the same lane: who rests longer decides. */
    Made and(Made other) {
      var longer =
          rest.isPresent() && other.rest.isPresent()
              ? rest.filter(it -> it.compareTo(other.rest.get()) > 0).or(() -> other.rest)
              : rest.or(() -> other.rest);
      return new Made(isBegun || other.isBegun, longer);
    }
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
        case News.Entered _ -> send(target, List.of(delivery)).getFirst().outcome();
        case News.Withdrew withdrew -> tellEnd.withdrew(target, delivery, withdrew);
        case News.Erased _ -> tellEnd.erased(target, delivery);
      };
    } catch (SecretsManagerException e) {
      return secretUnreadable();
    }
  }

  /** Tells of several entries by one message. */
  Made together(Target target, List<Delivery> entries) {
    var begun = entries.stream().filter(settle::begin).toList();
    if (begun.isEmpty()) {
      return Made.NONE;
    }
    var made = new Made(true, Optional.empty());
    for (var sent : sendAll(target, begun)) {
      made = made.and(new Made(true, settle.end(sent.delivery(), sent.outcome())));
    }
    return made;
  }

  private List<Sent> sendAll(Target target, List<Delivery> entries) {
    try {
      return send(target, entries);
    } catch (SecretsManagerException e) {
      return entries.stream().map(it -> new Sent(it, secretUnreadable())).toList();
    }
  }

  private record Sent(Delivery delivery, Outcome outcome) {}

  /** Whatever takes time is done before the customers are looked at. */
  private List<Sent> send(Target target, List<Delivery> entries) {
    var what = entries.stream().map(it -> it.news().id()).collect(joining("|"));
    var order = kinds.order(target, names.message(target.name(), what));
    var sent = new ArrayList<Sent>();
    var told = new ArrayList<Delivery>();
    var messages = new ArrayList<Message>();
    var freshUntil = Instant.MAX;
    for (var delivery : entries) {
      switch (tellEntry.prepare(target, delivery)) {
        case Prepared.Not(var outcome) -> sent.add(new Sent(delivery, outcome));
        case Prepared.Ready(var message, var until) -> {
          told.add(delivery);
          messages.add(message);
          freshUntil = until.isBefore(freshUntil) ? until : freshUntil;
        }
      }
    }
    if (!messages.isEmpty()) {
      var outcome =
          clock.instant().isAfter(freshUntil)
              ? Outcome.ours("took-too-long")
              : Outcome.of(kinds.of(target).send(order, messages));
      told.forEach(it -> sent.add(new Sent(it, outcome)));
    }
    return sent;
  }

  private static Outcome secretUnreadable() {
    return new Outcome.Again(Optional.empty(), "secret-unreadable", true);
  }
}
