package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.store.Attributes;
import io.vestibule.store.Erasure;
import io.vestibule.store.RowChange;
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
   */
  public record Pressed(SubmissionRow row, byte[] proof) {

    public String id() {
      return row.id().value();
    }
  }

  /** Whether a request is still in the state in which it was read. */
  public boolean isUnchanged(SubmissionRow row) {
    var columns = "#id, #status";
    var item =
        dynamoDb
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Submissions.key(row.id()))
                        .consistentRead(true)
                        .projectionExpression(columns)
                        .expressionAttributeNames(Attributes.names(columns)))
            .item();
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
   * The request is done, and its page shows the receipt. Nothing that was sealed remains, nor what
   * would find the row by its address.
   *
   * @param receipt what was signed, encrypted so that the link opens it
   * @param signature encrypted likewise
   * @param notify what its last mail needs, sealed for the mailer
   */
  public RowChange answered(
      Pressed request, byte[] receipt, byte[] signature, byte[] notify, Instant now) {
    return change(
        Transitions.ANSWER_BY_RECEIPT,
        request,
        Map.of(
            ":now", time(now),
            ":expiresAt", seconds(now.plus(Tombstone.KEPT)),
            ":notify", bytes(notify),
            ":receipt", bytes(receipt),
            ":signature", bytes(signature)));
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
