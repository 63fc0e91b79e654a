package io.vestibule.backup.take;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.Kind;
import io.vestibule.backup.ReadBudget;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.take.Progress.Segment;
import io.vestibule.core.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads one segment of a table into data files, page by page. In memory is one page, of 1 MB at
 * most.
 */
final class SegmentScan {

  /** A data file is stored when it has grown to this; the temporary folder has 512 MB. */
  private static final long PART_BYTES = 4L << 20;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final int segments;
  private final Kind kind;
  private final ExportLayout layout;
  private final Bucket bucket;
  private final ReadBudget budget;

  SegmentScan(
      DynamoDbClient dynamoDb,
      String table,
      int segments,
      Kind kind,
      ExportLayout layout,
      Bucket bucket,
      ReadBudget budget) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.segments = segments;
    this.kind = kind;
    this.layout = layout;
    this.bucket = bucket;
    this.budget = budget;
  }

  /** Goes on from there, by one page at least, to the end or until its time is over. */
  Segment run(Segment from, Deadline deadline) throws IOException {
    List<StoredFile> files = new ArrayList<>(from.files());
    Map<String, AttributeValue> last = last(from);
    do {
      try (var part = Part.begin()) {
        do {
          last = readPage(from.number(), last, part);
        } while (!last.isEmpty() && part.size() < PART_BYTES && !deadline.isOver());
        if (part.items() > 0) {
          files.add(part.store(bucket, layout.dataFile(from.number(), files.size())));
        }
      }
    } while (!last.isEmpty() && !deadline.isOver());
    return from.with(text(last, kind.key()), text(last, kind.sortKey()), files);
  }

  private Map<String, AttributeValue> last(Segment from) {
    var last = new HashMap<String, AttributeValue>();
    put(last, kind.key(), from.lastKey());
    put(last, kind.sortKey(), from.lastSortKey());
    return last;
  }

  private static void put(
      Map<String, AttributeValue> key, @Nullable String name, @Nullable String value) {
    if (name != null && value != null) {
      key.put(name, AttributeValue.fromS(value));
    }
  }

  private static @Nullable String text(Map<String, AttributeValue> key, @Nullable String name) {
    return name == null || !key.containsKey(name) ? null : key.get(name).s();
  }

  /** The key of the last item of the page; empty after the last page. */
  private Map<String, AttributeValue> readPage(
      int segment, Map<String, AttributeValue> lastKey, Part part) throws IOException {
    ScanResponse page = scan(segment, lastKey);
    for (Map<String, AttributeValue> item : page.items()) {
      part.add(item);
    }
    budget.spend(page.consumedCapacity().capacityUnits());
    return page.lastEvaluatedKey();
  }

  /** Consistently: what was written before the backup began is in it. */
  private ScanResponse scan(int segment, Map<String, AttributeValue> lastKey) {
    return dynamoDb.scan(
        scan -> {
          scan.tableName(table)
              .segment(segment)
              .totalSegments(segments)
              .consistentRead(true)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          if (!lastKey.isEmpty()) {
            scan.exclusiveStartKey(lastKey);
          }
        });
  }
}
