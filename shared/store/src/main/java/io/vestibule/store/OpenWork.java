package io.vestibule.store;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The attribute {@code open}, which a submission has until it is done, and by which the index
 * {@code byOpen} finds what is still owed.
 *
 * <p>Every status is spread over eight values: with one, all new submissions of a busy hour would
 * go to one partition of the index, and an index that is throttled throttles the table.
 */
final class OpenWork {

  private static final int SHARDS = 8;

  private OpenWork() {}

  static String of(Status status, RowId id) {
    return status + "#" + Math.floorMod(id.value().hashCode(), SHARDS);
  }

  static List<String> all(Status status) {
    return IntStream.range(0, SHARDS).mapToObj(shard -> status + "#" + shard).toList();
  }
}
