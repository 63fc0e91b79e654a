package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Hint;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A submission as intake writes it down.
 *
 * @param hint what about it smells of a machine
 * @param worked whether its sender did work that the form asks for only while it is needed
 * @param expiresAt until then it must be confirmed, else it ends
 */
public record NewSubmission(
    RowId id,
    String form,
    SealedContent sealed,
    Optional<Hint> hint,
    boolean worked,
    Instant createdAt,
    Instant expiresAt) {

  /** One whose sender did no such work. */
  public NewSubmission(
      RowId id,
      String form,
      SealedContent sealed,
      Optional<Hint> hint,
      Instant createdAt,
      Instant expiresAt) {
    this(id, form, sealed, hint, false, createdAt, expiresAt);
  }

  Map<String, AttributeValue> item() {
    var item = new HashMap<String, AttributeValue>();
    item.put("id", text(id.value()));
    item.put("form", text(form));
    item.put("status", text(Status.PENDING.name()));
    item.put("open", text(OpenWork.of(Status.PENDING, id)));
    item.put("sealed", bytes(sealed.ciphertext()));
    item.put("sealingKey", text(sealed.sealingKey()));
    item.put("linkNo", number(1));
    item.put("createdAt", time(createdAt));
    item.put("expiresAt", seconds(expiresAt));
    hint.ifPresent(smell -> item.put("hint", text(smell.code())));
    if (worked) {
      item.put("worked", number(1));
    }
    return item;
  }
}
