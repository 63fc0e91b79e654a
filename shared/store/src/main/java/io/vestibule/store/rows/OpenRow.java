package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A submission or a request that something is owed to, without its content: when what happened to
 * it.
 *
 * @param emailIndex the keyed hash of its sender's address, once the mailer knows it
 * @param dueAt of a request that is mailed, or that a customer is owed: until when the law wants it
 *     answered
 * @param reason why it is held, as {@link io.vestibule.core.HeldReason#code} has it
 * @param releasedAt when a person last freed it, if it was held
 * @param erasedAt of a request that is ERASING: since when
 * @param touchedAt when the reconciler last woke it
 * @param touches how often in a row, without a step forward in between
 * @param pausedFor how much longer its life is, for the time that it waited while too many mails
 *     failed
 * @param doneAt of a request that is DONE, and whose sender is still to be told
 */
public record OpenRow(
    RowId id,
    String form,
    Status status,
    Optional<String> emailIndex,
    Optional<Instant> dueAt,
    Optional<String> reason,
    Instant createdAt,
    Optional<Instant> verifiedAt,
    Optional<Instant> leaseUntil,
    Optional<Instant> heldAt,
    Optional<Instant> releasedAt,
    Optional<Instant> erasedAt,
    Optional<Instant> touchedAt,
    int touches,
    Optional<Instant> expiresAt,
    Duration pausedFor,
    Optional<Instant> doneAt) {

  /** All that is read of a row. */
  static final String COLUMNS =
      """
      #id, #form, #status, #emailIndex, #dueAt, #reason, #createdAt, #verifiedAt, #leaseUntil, \
      #heldAt, #releasedAt, #erasedAt, #touchedAt, #touches, #expiresAt, #pausedFor, #doneAt""";

  /** Empty for a row that intake never wrote: the stream's readers have put it aside or will. */
  public static Optional<OpenRow> read(Map<String, AttributeValue> item) {
    try {
      return Optional.of(
          new OpenRow(
              new RowId(text(item, "id").orElseThrow()),
              text(item, "form").filter(RowBounds::isName).orElseThrow(),
              Status.valueOf(text(item, "status").orElseThrow()),
              text(item, "emailIndex"),
              time(item, "dueAt"),
              text(item, "reason"),
              time(item, "createdAt").orElseThrow(),
              time(item, "verifiedAt"),
              time(item, "leaseUntil"),
              time(item, "heldAt"),
              time(item, "releasedAt"),
              time(item, "erasedAt"),
              time(item, "touchedAt"),
              number(item, "touches").orElse(0),
              seconds(item, "expiresAt"),
              Duration.ofSeconds(number(item, "pausedFor").orElse(0)),
              time(item, "doneAt")));
    } catch (NoSuchElementException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
