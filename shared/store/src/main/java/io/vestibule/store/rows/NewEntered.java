package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Behalf;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A request that a member of staff enters for somebody.
 *
 * @param sealed as intake would have sealed it
 * @param createdAt when the person asked: from then on the law counts
 * @param now when it is entered
 */
public record NewEntered(
    RowId id, String form, SealedContent sealed, Behalf behalf, Instant createdAt, Instant now) {

  /** The number of its link: nobody has asked for another one. */
  public static final int LINK = 1;

  /**
   * What it is once nothing more is asked of its sender.
   *
   * @param emailIndex by which an erasure finds it
   * @param asked as {@link io.vestibule.core.Asked#text} has it
   * @param proof of a press, or of who has entered it
   */
  public record Decided(
      DataRequest deed,
      Instant dueAt,
      String emailIndex,
      String asked,
      LinkToken token,
      byte[] proof) {}

  /** The row as it is read, for whatever is made of its content alone. */
  public SubmissionRow row() {
    return SubmissionRow.read(Destination.DELETION, toBeMailed()).orElseThrow();
  }

  /** It is mailed, and does nothing before its sender presses the button. */
  Map<String, AttributeValue> toBeMailed() {
    var item = item(Status.PENDING);
    item.put("releasedAt", time(now));
    item.put("expiresAt", seconds(now.plus(HeldReason.KEPT)));
    return item;
  }

  /** It is as if it had been pressed. */
  Map<String, AttributeValue> confirmed(Decided decided) {
    return decided(Status.VERIFIED, decided);
  }

  /** It waits for a second person; without an end, as an answer is owed. */
  Map<String, AttributeValue> waiting(Decided decided) {
    var item = decided(Status.HELD, decided);
    item.put("reason", text(HeldReason.SECOND_PERSON.code()));
    item.put("heldAt", time(now));
    return item;
  }

  private Map<String, AttributeValue> decided(Status status, Decided decided) {
    var item = item(status);
    item.put("kind", text(decided.deed().kind().code()));
    item.put("dueAt", time(decided.dueAt()));
    item.put("emailIndex", text(decided.emailIndex()));
    item.put("asked", text(decided.asked()));
    item.put("choice", text(new Choice.Deed(decided.deed()).text()));
    item.put("tokenHash", bytes(decided.token().hash()));
    item.put("proof", bytes(decided.proof()));
    item.put("verifiedAt", time(now));
    return item;
  }

  private Map<String, AttributeValue> item(Status status) {
    var item = new HashMap<String, AttributeValue>();
    item.put("id", text(id.value()));
    item.put("form", text(form));
    item.put("status", text(status.name()));
    item.put("open", text(OpenWork.of(status, id)));
    item.put("sealed", bytes(sealed.ciphertext()));
    item.put("sealingKey", text(sealed.sealingKey()));
    item.put("linkNo", number(LINK));
    item.put("createdAt", time(createdAt));
    item.put("behalf", text(behalf.text()));
    return item;
  }
}
