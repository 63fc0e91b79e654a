package io.vestibule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What a person, or the schedule, calls the delivery for. */
sealed interface DeliverOrder {

  /** <code>{}</code>: go on with everything. */
  record Wake() implements DeliverOrder {}

  /** <code>{"resume": "<target>"}</code>: a stopped lane goes on. */
  record Resume(String target) implements DeliverOrder {}

  /** <code>{"replay": "<target>"}</code>: what failed there is tried again. */
  record Replay(String target) implements DeliverOrder {}

  /**
   * <code>{"backfill": "<target>", "since": "2026-01-31T00:00:00Z", "dryRun": true}</code>: a new
   * target is told of what was handed in before.
   */
  record Backfill(String target, Instant since, boolean dryRun) implements DeliverOrder {}

  /**
   * <code>{"follow": "erasures"}</code>: have those told of erasures who were not. A schedule says
   * so once a day.
   */
  record Follow() implements DeliverOrder {}

  /**
   * <code>{"refused": "<target>", "by": "bounce"}</code>: SES reports that a mailbox of ours will
   * never take mail, or that its owner calls our mail spam (<code>complaint</code>).
   */
  record Refused(String target, String by) implements DeliverOrder {}

  /**
   * <code>{"close": "<target>", "customer": "<number>"}</code>: a person has seen to it that the
   * target has erased somebody, or uses no more what they withdrew; or knows that it never will.
   */
  record Close(String target, String customer) implements DeliverOrder {}

  /**
   * <code>{"check": "<target>"}</code>: whether all is there that the target needs, without telling
   * it of anybody.
   */
  record Check(String target) implements DeliverOrder {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it says anything else; the message says what there is
   */
  static DeliverOrder read(JsonNode event) {
    if (event.isObject() && event.isEmpty()) {
      return new Wake();
    }
    return one(event, "resume", 1)
        .<DeliverOrder>map(Resume::new)
        .or(() -> one(event, "replay", 1).map(Replay::new))
        .or(() -> one(event, "check", 1).map(Check::new))
        .or(() -> one(event, "follow", 1).filter("erasures"::equals).map(_ -> new Follow()))
        .or(() -> one(event, "backfill", 3).map(target -> backfill(target, event)))
        .or(() -> one(event, "refused", 2).map(target -> refused(target, event)))
        .or(() -> one(event, "close", 2).map(target -> close(target, event)))
        .orElseThrow(DeliverOrder::none);
  }

  private static Optional<String> one(JsonNode event, String name, int members) {
    return Optional.ofNullable(event.path(name).textValue()).filter(_ -> event.size() == members);
  }

  private static DeliverOrder backfill(String target, JsonNode event) {
    if (!event.path("dryRun").isBoolean()) {
      throw none();
    }
    try {
      var since = Instant.parse(event.path("since").asText());
      return new Backfill(target, since, event.path("dryRun").booleanValue());
    } catch (DateTimeException e) {
      throw none();
    }
  }

  private static DeliverOrder refused(String target, JsonNode event) {
    var by = event.path("by").asText();
    if (!by.equals("bounce") && !by.equals("complaint")) {
      throw none();
    }
    return new Refused(target, by);
  }

  private static DeliverOrder close(String target, JsonNode event) {
    return Optional.ofNullable(event.path("customer").textValue())
        .map(customer -> new Close(target, customer))
        .orElseThrow(DeliverOrder::none);
  }

  private static IllegalArgumentException none() {
    return new IllegalArgumentException(
        """
        The event is none of {}, {"resume": "<target>"}, {"replay": "<target>"}, \
        {"check": "<target>"}, \
        {"follow": "erasures"}, \
        {"backfill": "<target>", "since": "2026-01-31T00:00:00Z", "dryRun": true} \
        and {"close": "<target>", "customer": "<number>"}""");
  }
}
