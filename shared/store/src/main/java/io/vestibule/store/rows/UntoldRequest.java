package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.text;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A request that is done, and whose sender is still to be told.
 *
 * @param notice what the last mail needs, sealed; whoever may write the table can write it, too
 * @param sealingKey with which it is sealed
 */
public record UntoldRequest(RowId id, String sealingKey, byte[] notice) {

  /** Reads a row from a stream record; empty if it is none of those. */
  public static Optional<UntoldRequest> read(Map<String, AttributeValue> item) {
    try {
      return text(item, "status").equals(Optional.of(Status.DONE.name()))
          ? Optional.of(
                  new UntoldRequest(
                      new RowId(text(item, "id").orElseThrow()),
                      text(item, "sealingKey").filter(RowBounds::isName).orElseThrow(),
                      bytes(item, "notify").orElseThrow()))
              .filter(row -> row.id().destination() == Destination.DELETION)
          : Optional.empty();
    } catch (NoSuchElementException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
