package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Behalf;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.BatchRead;
import io.vestibule.store.ColumnRead;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The tables of submissions and of requests, as staff look at rows in them. */
public final class RowsForStaff {

  private static final String SEEN =
      "#id, #form, #status, #reason, #createdAt, #verifiedAt, #mailedAt, #behalf";

  /** Neither what a press left, nor anything that finds the row's sender. */
  private static final String WITH_CONTENT = SEEN + ", #sealed, #sealingKey, #linkNo";

  private final DynamoDbClient dynamoDb;
  private final String submissions;
  private final String requests;

  public RowsForStaff(DynamoDbClient dynamoDb, String submissions, String requests) {
    this.dynamoDb = dynamoDb;
    this.submissions = submissions;
    this.requests = requests;
  }

  /**
   * A row, without its content.
   *
   * @param reason why it is held, if it is
   * @param isConfirmed whether somebody has pressed its button
   * @param mailedAt when its mail went out, if it did
   * @param behalf that a member of staff has entered it; empty if it came by the form
   */
  public record Seen(
      RowId id,
      String form,
      Status status,
      Optional<HeldReason> reason,
      Instant createdAt,
      boolean isConfirmed,
      Optional<Instant> mailedAt,
      Optional<Behalf> behalf) {

    /** Whether it is held for a reason. */
    public boolean isHeldFor(HeldReason why) {
      return status == Status.HELD && reason.equals(Optional.of(why));
    }
  }

  /**
   * A row that can be opened.
   *
   * @param sealed empty if it is none that intake writes, or too large for one
   */
  public record WithContent(Seen row, Optional<SubmissionRow> sealed) {}

  /** Those of them that are there. */
  public List<Seen> find(List<RowId> ids) {
    return List.of(Destination.values()).stream()
        .flatMap(
            table ->
                new BatchRead(dynamoDb, name(table), "id", SEEN)
                    .consistently()
                    .rows(ids.stream().filter(id -> id.destination() == table).map(RowId::value)))
        .flatMap(item -> seen(item).stream())
        .toList();
  }

  /** A row with its content, as of now; empty if there is none. */
  public Optional<WithContent> find(RowId id) {
    var columns = new ColumnRead(dynamoDb, name(id.destination()), "id", WITH_CONTENT);
    var item = columns.row(id.value());
    return seen(item).map(row -> new WithContent(row, SubmissionRow.read(id.destination(), item)));
  }

  private String name(Destination table) {
    return table.choose(submissions, requests);
  }

  private static Optional<Seen> seen(Map<String, AttributeValue> item) {
    return OpenRow.read(item)
        .map(
            row ->
                new Seen(
                    row.id(),
                    row.form(),
                    row.status(),
                    row.reason().flatMap(HeldReason::of),
                    row.createdAt(),
                    row.verifiedAt().isPresent(),
                    time(item, "mailedAt"),
                    text(item, "behalf").flatMap(Behalf::parse)));
  }
}
