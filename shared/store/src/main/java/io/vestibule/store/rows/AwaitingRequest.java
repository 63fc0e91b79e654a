package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A request that is done, and whose receipt is to be made anew when one more has answered of those
 * to whom something was passed on.
 *
 * @param awaits what it needs for that, sealed
 * @param answers how many have answered; whoever counts them may write anything here
 */
public record AwaitingRequest(RowId id, byte[] awaits, String answers) {

  /** Reads a row; empty if it is another. */
  public static Optional<AwaitingRequest> read(Map<String, AttributeValue> item) {
    return RowBounds.isOversized(item)
            || !text(item, "status").equals(Optional.of(Status.DONE.name()))
        ? Optional.empty()
        : text(item, "id")
            .flatMap(RowId::parse)
            .filter(id -> id.destination() == Destination.DELETION)
            .flatMap(
                id ->
                    bytes(item, "awaits")
                        .map(
                            awaits ->
                                new AwaitingRequest(
                                    id,
                                    awaits,
                                    answers(Optional.ofNullable(item.get("answers"))))));
  }

  /** What a row counts, to be compared only. */
  public static String answers(Optional<AttributeValue> column) {
    return column.map(it -> Optional.ofNullable(it.n()).orElse("?")).orElse("0");
  }
}
