package io.vestibule.backup.restore;

import static java.util.Objects.requireNonNull;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.JsonDocument;
import io.vestibule.backup.Parallel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The progress of restoring one backup to one table: objects in the bucket, one for each file that
 * is written.
 *
 * <p>The table goes by its name and by when it was made: one that was dropped and made again begins
 * anew. Rows that are deleted by hand between two runs are not missed, so what is kept is soon
 * worth nothing.
 */
final class KeptProgress implements RestoreProgress {

  /** The next call comes soon, as each run lasts 15 minutes at most. */
  private static final Duration WORTH_SOMETHING = Duration.ofHours(1);

  /** How many objects are read, or deleted, at a time. */
  private static final int WIDTH = 8;

  private final Bucket bucket;
  private final String prefix;
  private final Clock clock;

  KeptProgress(Bucket bucket, String backup, TableDescription table, Clock clock) {
    this(bucket, folder("progress/restore/" + backup + "/", table), clock);
  }

  private KeptProgress(Bucket bucket, String prefix, Clock clock) {
    this.bucket = bucket;
    this.prefix = prefix;
    this.clock = clock;
  }

  private static String folder(String prefix, TableDescription table) {
    return "%s%s/%d/".formatted(prefix, table.tableName(), table.creationDateTime().toEpochMilli());
  }

  /**
   * That of a table which is restored after this one, within the same restore: as long as it goes
   * on, this one is worth something, and both are forgotten together.
   */
  KeptProgress followedBy(TableDescription table) {
    return new KeptProgress(bucket, folder(prefix, table), clock);
  }

  /** What is in an object. */
  record Kept(Instant at, RestoredFile written) {

    Kept {
      requireNonNull(at);
      requireNonNull(written);
    }
  }

  @Override
  public List<RestoredFile> find() {
    List<Callable<Optional<Kept>>> reading =
        bucket.keys(prefix).stream().<Callable<Optional<Kept>>>map(key -> () -> read(key)).toList();
    List<Kept> kept = Parallel.all(WIDTH, reading).stream().flatMap(Optional::stream).toList();
    Instant limit = clock.instant().minus(WORTH_SOMETHING);
    return kept.stream()
            .map(Kept::at)
            .max(Comparator.naturalOrder())
            .filter(limit::isBefore)
            .isPresent()
        ? kept.stream().map(Kept::written).toList()
        : List.of();
  }

  private Optional<Kept> read(String key) {
    return bucket
        .find(key)
        .flatMap(json -> JsonDocument.read(json, Kept.class))
        .filter(kept -> !kept.at().isAfter(clock.instant())); // Nobody keeps what is to come.
  }

  @Override
  public void keep(RestoredFile written) {
    String name = written.file().substring(written.file().lastIndexOf('/') + 1);
    bucket.put(prefix + name, JsonDocument.of(new Kept(clock.instant(), written)));
  }

  @Override
  public void forget() {
    List<Callable<String>> deleting =
        bucket.keys(prefix).stream()
            .<Callable<String>>map(
                key ->
                    () -> {
                      bucket.delete(key);
                      return key;
                    })
            .toList();
    var _ = Parallel.all(WIDTH, deleting);
  }
}
