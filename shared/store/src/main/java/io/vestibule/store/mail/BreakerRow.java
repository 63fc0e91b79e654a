package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;

import io.vestibule.store.mail.FailedMail.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the row of the breakers says.
 *
 * @param version counts its changes, so that none is made on what was read before another
 * @param failures by SES's number of the message
 */
record BreakerRow(long version, Breakers breakers, Map<String, Failure> failures) {

  /**
   * More failures than are ever counted, as a breaker opens long before; the others are remembered
   * because SES may tell of one again. It keeps the row small, which each mail reads.
   */
  private static final int MOST_REMEMBERED = 200;

  /**
   * A failure that is remembered, with the mails that had been sent when it was learned. One that
   * is learned of late counts as if its mail were newer than it is, which errs on the side of
   * slowing down.
   *
   * @param form empty if it does not count for one
   * @param version of the row that had it first
   */
  record Failure(Kind kind, Optional<String> form, long sent, long sentOfForm, long version) {

    private boolean isAmongLatest(SentMails.Counts counts) {
      return sent > counts.ofAll() - Tolerance.ofAccount(kind).mails();
    }
  }

  /** In the place of a version: the row is none of ours, and is replaced whatever it says. */
  static final long UNREADABLE = -1;

  /** Once more failed, and what that opened. */
  record Next(BreakerRow row, MailBreaker.Effect effect) {}

  BreakerRow closed() {
    return new BreakerRow(Math.max(0, version) + 1, Breakers.NONE, Map.of());
  }

  /** With one more failed mail, without those that are too old to matter. */
  Next with(FailedMail mail, SentMails.Counts counts, Instant now) {
    var form = mail.form().filter(it -> countsFor(it, mail, now));
    var failure =
        new Failure(
            mail.kind(), form, counts.ofAll(), form.map(counts::of).orElse(0L), version + 1);
    var all = new HashMap<>(failures);
    all.put(mail.message(), failure);
    all.values().removeIf(it -> !it.isAmongLatest(counts));
    var next = new BreakerRow(version + 1, breakers, newest(all));
    return next.opened(failure, counts, now);
  }

  /**
   * While a form is slowed, only what was sent slowly tells whether that is slow enough. What
   * bounces of the burst before would stop the form at once.
   */
  private boolean countsFor(String form, FailedMail mail, Instant now) {
    return switch (breakers.ofForm(form, now)) {
      case FULL -> true;
      case SLOW -> !wasSentBefore(breakers.form(form).orElseThrow().slowSince(), mail);
      case STOPPED -> false;
    };
  }

  private static boolean wasSentBefore(Instant time, FailedMail mail) {
    return mail.sentAt().filter(time::isAfter).isPresent();
  }

  private static Map<String, Failure> newest(Map<String, Failure> all) {
    return all.entrySet().stream()
        .sorted(Entry.comparingByValue(Comparator.comparingLong(Failure::version).reversed()))
        .limit(MOST_REMEMBERED)
        .collect(Collectors.toMap(Entry::getKey, Entry::getValue));
  }

  private Next opened(Failure latest, SentMails.Counts counts, Instant now) {
    var form = latest.form().filter(it -> isTooMuch(it, latest.kind(), counts));
    var next = breakers;
    var effect = MailBreaker.Effect.NOTHING;
    if (form.isPresent()) {
      var pace = slower(breakers.ofForm(form.get(), now));
      next = next.withForm(form.get(), new Breaker(pace, now, version));
      effect = pace == Pace.SLOW ? MailBreaker.Effect.FORM_SLOWED : MailBreaker.Effect.FORM_STOPPED;
    }
    if (isTooMuch(latest.kind(), counts)) {
      var pace = slower(breakers.ofAccount(now));
      next = next.withAccount(new Breaker(pace, now, version));
      effect = pace == Pace.SLOW ? MailBreaker.Effect.ALL_SLOWED : MailBreaker.Effect.ALL_STOPPED;
    }
    return new Next(new BreakerRow(version, next, failures), effect);
  }

  private static Pace slower(Pace pace) {
    return pace == Pace.FULL ? Pace.SLOW : Pace.STOPPED;
  }

  private boolean isTooMuch(Kind kind, SentMails.Counts counts) {
    return isTooMuch(
        Tolerance.ofAccount(kind),
        kind,
        Optional.empty(),
        breakers.account(),
        Failure::sent,
        counts.ofAll());
  }

  private boolean isTooMuch(String form, Kind kind, SentMails.Counts counts) {
    return isTooMuch(
        Tolerance.ofForm(kind),
        kind,
        Optional.of(form),
        breakers.form(form),
        Failure::sentOfForm,
        counts.of(form));
  }

  private boolean isTooMuch(
      Tolerance tolerance,
      Kind kind,
      Optional<String> form,
      Optional<Breaker> breaker,
      ToLongFunction<Failure> number,
      long sent) {
    long from = breaker.map(Breaker::version).orElse(0L);
    return failures.values().stream()
            .filter(it -> it.kind() == kind && it.version() > from)
            .filter(it -> form.isEmpty() || it.form().equals(form))
            .filter(it -> number.applyAsLong(it) > sent - tolerance.mails())
            .count()
        > tolerance.failures();
  }

  /** One that is {@link #UNREADABLE} has all mail stopped. */
  static BreakerRow read(Map<String, AttributeValue> row) {
    var breakers = Breakers.read(row);
    if (!breakers.equals(Breakers.UNREADABLE)) {
      try {
        return parse(row, breakers);
      } catch (NoSuchElementException | IllegalArgumentException e) {
        // Falls through: what it remembers tells nothing.
      }
    }
    return new BreakerRow(UNREADABLE, Breakers.UNREADABLE, Map.of());
  }

  private static BreakerRow parse(Map<String, AttributeValue> row, Breakers breakers) {
    Breakers.require(row, AttributeValue.Type.M, "failures");
    var failures =
        row.containsKey("failures") ? row.get("failures").m() : Map.<String, AttributeValue>of();
    return new BreakerRow(
        Breakers.count(row, "version"),
        breakers,
        failures.entrySet().stream()
            .collect(Collectors.toMap(Entry::getKey, it -> failure(it.getValue().m()))));
  }

  private static Failure failure(Map<String, AttributeValue> map) {
    return new Failure(
        text(map, "kind").map(Kind::valueOf).orElseThrow(),
        text(map, "form"),
        Breakers.count(map, "sent"),
        Breakers.count(map, "sentOfForm"),
        Breakers.count(map, "version"));
  }

  AttributeValue failuresColumn() {
    return AttributeValue.fromM(
        failures.entrySet().stream()
            .collect(Collectors.toMap(Entry::getKey, it -> map(it.getValue()))));
  }

  private static AttributeValue map(Failure failure) {
    var map = new HashMap<String, AttributeValue>();
    map.put("kind", text(failure.kind().name()));
    map.put("sent", number(failure.sent()));
    map.put("version", number(failure.version()));
    failure
        .form()
        .ifPresent(
            form -> {
              map.put("form", text(form));
              map.put("sentOfForm", number(failure.sentOfForm()));
            });
    return AttributeValue.fromM(map);
  }
}
