package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Awaited;
import io.vestibule.store.ColumnRead;
import io.vestibule.store.Erasure;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.AnsweredRequests.SignedReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The requests table as deletion uses it: a confirmed request is worked on, and then answered. */
public final class ConfirmedRequests {

  /**
   * For so long a copy can be fetched. The row goes with it: as long as it is found by its address,
   * something is held under that.
   */
  public static final Duration COPY_KEPT = Duration.ofDays(7);

  private final DynamoDbClient dynamoDb;
  private final String table;

  public ConfirmedRequests(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A request whose sender has pressed its button.
   *
   * @param proof of the press, as it was checked
   * @param answers as it was read; see {@link RequestRow}
   */
  public record Pressed(SubmissionRow row, byte[] proof, Optional<AttributeValue> answers) {

    public String id() {
      return row.id().value();
    }
  }

  /** Whether a request is still in the state in which it was read. */
  public boolean isUnchanged(SubmissionRow row) {
    var columns = "#id, #status";
    var item = new ColumnRead(dynamoDb, table, "id", columns).row(row.id().value());
    return text(item, "status").equals(Optional.of(row.status().name()));
  }

  /** The erasure has begun: from here on it is only carried out. */
  public RowChange erasing(Pressed request, Erasure erasure) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":erasedAt", time(erasure.erasedAt()));
    erasure.customerId().ifPresent(it -> values.put(":customerId", text(it)));
    return change(Transitions.BEGIN_ERASURE, request, values);
  }

  /**
   * The erasure is carried out in part: the row's new record comes after all others that wait in
   * its shard.
   */
  public RowChange sweptInPart(Pressed request) {
    return change(Transitions.SWEEP_ON, request, Map.of());
  }

  /**
   * What a request ends with that is answered by a receipt.
   *
   * @param receipt what was signed, encrypted so that the link opens it
   * @param notice what its last mail needs, sealed for the mailer
   * @param awaits what its next receipt needs; empty if nobody has still to answer
   */
  public record Answer(SignedReceipt receipt, byte[] notice, Optional<byte[]> awaits) {}

  /**
   * The request is done, and its page shows the receipt. Nothing that was sealed remains, nor what
   * would find the row by its address. If answers are awaited, it stays for as long as that may
   * take.
   */
  public RowChange answered(Pressed request, Answer answer, Instant now) {
    var kept = answer.awaits().isPresent() ? Awaited.LONGEST : Tombstone.KEPT;
    var values = new HashMap<>(receipt(answer.receipt()));
    values.put(":now", time(now));
    values.put(":expiresAt", seconds(now.plus(kept)));
    values.put(":notify", bytes(answer.notice()));
    answer.awaits().ifPresent(it -> values.put(":awaits", bytes(it)));
    request.answers().ifPresent(it -> values.put(":answers", it));
    return change(Transitions.ANSWER_BY_RECEIPT, request, values);
  }

  /** One more has answered, and a newer receipt takes the place of the one before. */
  public RowChange renewed(AwaitingRequest request, SignedReceipt receipt, byte[] awaits) {
    var values = renewal(request, receipt);
    values.put(":awaits", bytes(awaits));
    return Transitions.RENEW_RECEIPT.change(table, request.id(), values);
  }

  /** The last one has answered: the newest receipt stays for as long as any. */
  public RowChange renewedLast(AwaitingRequest request, SignedReceipt receipt, Instant now) {
    var values = renewal(request, receipt);
    values.put(":expiresAt", seconds(now.plus(Tombstone.KEPT)));
    return Transitions.RENEW_LAST_RECEIPT.change(table, request.id(), values);
  }

  private static Map<String, AttributeValue> renewal(
      AwaitingRequest request, SignedReceipt receipt) {
    var values = new HashMap<>(receipt(receipt));
    values.put(":before", bytes(request.awaits()));
    return values;
  }

  private static Map<String, AttributeValue> receipt(SignedReceipt receipt) {
    return Map.of(":receipt", bytes(receipt.receipt()), ":signature", bytes(receipt.signature()));
  }

  /**
   * The request is done, and its page shows the copy: an erasure must still find the row by its
   * address, to delete the copy. Without what was sealed, nobody of us can make the token again
   * that opens it.
   *
   * @param notify what its last mail needs, sealed for the mailer
   */
  public RowChange disclosed(Pressed request, byte[] notify, Instant now) {
    return change(
        Transitions.ANSWER_BY_COPY,
        request,
        Map.of(
            ":now", time(now),
            ":expiresAt", seconds(now.plus(COPY_KEPT)),
            ":notify", bytes(notify)));
  }

  /** Makes a change by itself; false if the request is not as it was. */
  public boolean apply(RowChange change) {
    return change.apply(dynamoDb);
  }

  private RowChange change(
      Transition transition, Pressed request, Map<String, AttributeValue> values) {
    var all = new HashMap<>(values);
    all.put(":state", text(request.row().status().name()));
    all.put(":proof", bytes(request.proof()));
    return transition.change(table, request.row().id(), all);
  }
}
