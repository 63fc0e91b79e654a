package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Behalf;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of the table of submissions, or of that of requests, as the functions behind the door read
 * it.
 *
 * <p>Public functions can write such rows, so nothing in one is a fact until it is proven: the
 * content by opening it, the press by its proof.
 *
 * @param linkNo the number of the link that was asked for last, from 1
 * @param hint what about it looked like spam to the door; on most rows there is none
 * @param worked whether it says that its sender did work that the form asks for only while it is
 *     needed
 * @param proof what the press of the button left
 * @param asked what the mailer has written that the link asks; absent on rows that were mailed
 *     before there was any
 * @param choice what the press chose; absent if it could not choose
 * @param links that were mailed, some of which may still live
 * @param releasedAt when a person last freed the row, which was held; no public function can write
 *     it
 * @param behalf that a member of staff has entered it, as the row says; no public function can
 *     write it
 * @param pausedFor how much longer its life is, for the time that it waited while too many mails
 *     failed; no public function can write it
 */
public record SubmissionRow(
    RowId id,
    String form,
    Status status,
    SealedContent sealed,
    int linkNo,
    Instant createdAt,
    Optional<String> hint,
    boolean worked,
    Optional<byte[]> proof,
    Optional<String> asked,
    Optional<String> choice,
    List<LiveLink> links,
    Optional<Instant> verifiedAt,
    Optional<Instant> releasedAt,
    Optional<Behalf> behalf,
    Duration pausedFor) {

  /** The same row with another link; it differs in nothing else. */
  public SubmissionRow withLink(int number) {
    return new SubmissionRow(
        id,
        form,
        status,
        sealed,
        number,
        createdAt,
        hint,
        worked,
        proof,
        asked,
        choice,
        links,
        verifiedAt,
        releasedAt,
        behalf,
        pausedFor);
  }

  /**
   * Reads a row from a stream record or an item.
   *
   * @param table of which of the two tables
   * @return empty if it is not one that intake writes there
   */
  public static Optional<SubmissionRow> read(Destination table, Map<String, AttributeValue> item) {
    return RowBounds.isOversized(item)
        ? Optional.empty()
        : read(item).filter(row -> row.id().destination() == table);
  }

  private static Optional<SubmissionRow> read(Map<String, AttributeValue> item) {
    try {
      return Optional.of(
          new SubmissionRow(
              new RowId(text(item, "id").orElseThrow()),
              text(item, "form").filter(RowBounds::isName).orElseThrow(),
              Status.valueOf(text(item, "status").orElseThrow()),
              new SealedContent(
                  text(item, "sealingKey").filter(RowBounds::isName).orElseThrow(),
                  bytes(item, "sealed").orElseThrow()),
              number(item, "linkNo").orElseThrow(),
              time(item, "createdAt").orElseThrow(),
              text(item, "hint"),
              item.containsKey("worked"),
              bytes(item, "proof"),
              text(item, "asked"),
              text(item, "choice"),
              item.containsKey("links")
                  ? LiveLink.read(item)
                  : LiveLink.before(item).stream().toList(),
              time(item, "verifiedAt"),
              time(item, "releasedAt"),
              text(item, "behalf").flatMap(Behalf::parse),
              Duration.ofSeconds(number(item, "pausedFor").orElse(0))));
    } catch (NoSuchElementException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
