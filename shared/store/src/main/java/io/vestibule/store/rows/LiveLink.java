package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A link that was mailed and can be pressed, as its row has it. Up to three live side by side: who
 * asks for a new one ends none.
 *
 * @param number of the link, from 1
 * @param expiresAt until when it works
 * @param hash of its token
 */
public record LiveLink(int number, Instant expiresAt, byte[] hash) {

  /** So many live at once. */
  public static final int MOST = 3;

  private static final int HASH = 32;
  private static final int LENGTH = Integer.BYTES + Long.BYTES + HASH;

  /** A public function may write the column: the last time that we can write in letters, too. */
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** As one element of the column: whatever a condition asks of it is in it. */
  AttributeValue value() {
    return AttributeValue.fromB(sdkBytes());
  }

  private SdkBytes sdkBytes() {
    var all = ByteBuffer.allocate(LENGTH).putInt(number).putLong(expiresAt.getEpochSecond());
    return SdkBytes.fromByteArray(all.put(hash).array());
  }

  /** The column. */
  public static AttributeValue column(Collection<LiveLink> links) {
    return AttributeValue.fromBs(links.stream().map(LiveLink::sdkBytes).toList());
  }

  /** The links of a row, in no order; what is no link of ours is left out. */
  static List<LiveLink> read(Map<String, AttributeValue> item) {
    return Stream.ofNullable(item.get("links"))
        .flatMap(column -> column.bs().stream())
        .map(SdkBytes::asByteArray)
        .filter(bytes -> bytes.length == LENGTH)
        .map(LiveLink::read)
        .toList();
  }

  private static LiveLink read(byte[] bytes) {
    var all = ByteBuffer.wrap(bytes);
    var number = all.getInt();
    var seconds = Math.clamp(all.getLong(), 0, LATEST);
    var hash = new byte[HASH];
    all.get(hash);
    return new LiveLink(number, Instant.ofEpochSecond(seconds), hash);
  }

  /**
   * The link that was mailed before the one that is asked for, of a row that was mailed before
   * there was the column. It may be another one: the hash tells.
   */
  static Optional<LiveLink> before(Map<String, AttributeValue> item) {
    return text(item, "status").filter(Status.PENDING.name()::equals).isEmpty()
        ? Optional.empty()
        : Attributes.number(item, "linkNo")
            .filter(number -> number > 1)
            .flatMap(
                number ->
                    time(item, "linkExpiresAt")
                        .flatMap(
                            expiresAt ->
                                bytes(item, "tokenHash")
                                    .map(hash -> new LiveLink(number - 1, expiresAt, hash))));
  }
}
