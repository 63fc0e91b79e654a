package io.vestibule.store.people;

import io.vestibule.core.Awaited;
import io.vestibule.core.Receipt.Left;
import io.vestibule.core.Receipt.Rest;
import io.vestibule.store.Table;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.mail.MailLimits;
import io.vestibule.store.rows.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the erasure of a person leaves in a place. The receipt and the map of the data are made of
 * this, and the compiler asks for it when there is a new table.
 *
 * @param rests what has a name of its own in receipts
 * @param stay what stays besides; empty if nothing does
 */
public record Leftover(Set<Rest> rests, Optional<Stay> stay) {

  /**
   * Rows, or copies of them, that stay.
   *
   * @param end for how long after the receipt; empty if without an end
   * @param endOfAwaited for how long at most if answers are still awaited; empty if nobody can tell
   * @param isOfCustomers whether only who was a customer can have any
   */
  public record Stay(
      Optional<Duration> end, Optional<Duration> endOfAwaited, boolean isOfCustomers) {}

  /** Where the records of changes are, which no erasure reaches. */
  public static final String STREAMS = "streams";

  /** DynamoDB's, for tables of which the template says nothing else. */
  private static final Duration RECOVERABLE = Duration.ofDays(35);

  /** DynamoDB keeps them for 24 hours, and may take some time to take them away. */
  private static final Duration STREAMS_KEPT = Duration.ofDays(2);

  private static final Leftover NOTHING = new Leftover(Set.of(), Optional.empty());

  /** What stays in a table, or can be recovered of it. */
  public static Leftover in(Table table) {
    return switch (table) {
      case SUBMISSIONS -> ofAnybody(Tombstone.KEPT, Tombstone.KEPT, Rest.UNHANDLED);
      case REQUESTS -> ofAnybody(Tombstone.KEPT, Awaited.LONGEST, Rest.UNHANDLED);
      case IDENTITIES -> named(Rest.RECOVERABLE_KEY);
      case CUSTOMERS, ENTRIES -> recoverable(Rest.BACKUPS);
      case NOTES -> recoverable();
      case DELIVERIES -> ofCustomers(Optional.of(Deliveries.KEPT), Optional.empty());
      case RECIPIENTS -> ofCustomers(Optional.empty(), Optional.empty());
      case ERASURES -> named(Rest.NUMBER);
      case AUDIT ->
          new Leftover(Set.of(), Optional.of(new Stay(Optional.empty(), Optional.empty(), false)));
      case MAIL_LIMITS ->
          ofAnybody(MailLimits.KEPT, MailLimits.KEPT, Rest.MARKER, Rest.SUPPRESSION);
      // The first three go with the person, and the others are about nobody: a drill's tables are
      // parts of a backup, and go with the drill.
      case LOOKUPS, DISCLOSURES, LANES, SEALING_KEYS, SYSTEM_KEYS, SCRATCH, SCRATCH_ENTRIES ->
          NOTHING;
    };
  }

  /** What the records of changes still show. */
  public static Leftover inStreams() {
    return ofAnybody(STREAMS_KEPT, STREAMS_KEPT);
  }

  /**
   * What a receipt says of it; empty if there is nothing to say.
   *
   * @param isAwaited whether somebody to whom something was passed on has still to answer
   */
  public Optional<Left> told(String where, boolean isCustomer, boolean isAwaited, Instant now) {
    return stay.filter(it -> isCustomer || !it.isOfCustomers())
        .map(it -> isAwaited ? it.endOfAwaited() : it.end())
        .map(end -> new Left(where, end.map(now::plus).orElse(null)));
  }

  private static Leftover named(Rest... rests) {
    return new Leftover(Set.of(rests), Optional.empty());
  }

  private static Leftover recoverable(Rest... rests) {
    return new Leftover(
        Set.of(rests),
        Optional.of(new Stay(Optional.of(RECOVERABLE), Optional.of(RECOVERABLE), true)));
  }

  private static Leftover ofAnybody(Duration end, Duration endOfAwaited, Rest... rests) {
    var stay = new Stay(Optional.of(end), Optional.of(endOfAwaited), false);
    return new Leftover(Set.of(rests), Optional.of(stay));
  }

  private static Leftover ofCustomers(Optional<Duration> end, Optional<Duration> endOfAwaited) {
    return new Leftover(Set.of(), Optional.of(new Stay(end, endOfAwaited, true)));
  }
}
