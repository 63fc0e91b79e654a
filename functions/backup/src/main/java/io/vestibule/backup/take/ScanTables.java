package io.vestibule.backup.take;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.ReadBudget;
import io.vestibule.backup.take.Progress.Segment;
import io.vestibule.backup.take.Progress.Table;
import io.vestibule.core.Deadline;
import io.vestibule.core.Pause;
import io.vestibule.store.Tables;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Copies tables by reading them, in parallel segments. */
final class ScanTables {

  /** How many pages are in memory at a time. */
  private static final int SEGMENTS = 4;

  private final DynamoDbClient dynamoDb;
  private final Tables tables;
  private final Bucket bucket;
  private final int unitsPerSecond;
  private final Clock clock;

  /**
   * Reads tables into a bucket.
   *
   * @param unitsPerSecond how many read units to take at most
   */
  ScanTables(
      DynamoDbClient dynamoDb, Tables tables, Bucket bucket, int unitsPerSecond, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.tables = tables;
    this.bucket = bucket;
    this.unitsPerSecond = unitsPerSecond;
    this.clock = clock;
  }

  /** Reads on in a table, or begins it, to its end or until the time is over. */
  Progress goOn(Progress progress, Kind kind, Deadline deadline) {
    Table table =
        progress.table(kind).orElseGet(() -> Table.begin(kind, clock.instant(), SEGMENTS));
    var scan =
        new SegmentScan(
            dynamoDb,
            tables.name(kind.table()),
            table.segments().size(),
            kind,
            new ExportLayout(bucket, progress.backup(), kind),
            bucket,
            new ReadBudget(unitsPerSecond, Pause.REAL));
    List<Segment> segments =
        Parallel.all(
            SEGMENTS,
            table.segments().stream()
                .<Callable<Segment>>map(
                    segment -> () -> segment.finished() ? segment : scan.run(segment, deadline))
                .toList());
    @Nullable Instant end = segments.stream().allMatch(Segment::finished) ? clock.instant() : null;
    return progress.with(table.with(segments, end));
  }
}
