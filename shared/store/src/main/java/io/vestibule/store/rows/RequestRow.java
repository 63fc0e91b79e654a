package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Destination;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of the requests table, as deletion reads it.
 *
 * @param erasedAt when its erasure was committed; no public function can write it
 * @param customerId whose that was; empty if the address had no customer
 * @param answers how many have answered of those to whom something was passed on, to be compared
 *     only: whoever counts them may write anything here
 * @param emailIndex the keyed hash of its sender's address, as the mailer wrote it
 */
public record RequestRow(
    SubmissionRow row,
    Optional<Instant> erasedAt,
    Optional<String> customerId,
    Optional<AttributeValue> answers,
    Optional<String> emailIndex) {

  /** Reads a row from a stream record; empty if it is none that intake or deletion writes. */
  public static Optional<RequestRow> read(Map<String, AttributeValue> item) {
    try {
      var erasedAt = time(item, "erasedAt");
      return SubmissionRow.read(Destination.DELETION, item)
          .map(
              row ->
                  new RequestRow(
                      row,
                      erasedAt,
                      text(item, "customerId"),
                      Optional.ofNullable(item.get("answers")),
                      text(item, "emailIndex")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
