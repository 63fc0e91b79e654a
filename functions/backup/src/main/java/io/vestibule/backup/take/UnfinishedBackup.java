package io.vestibule.backup.take;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.JsonDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The backup that waits for its next run, if there is one: an object in the bucket. */
final class UnfinishedBackup {

  private static final String KEY = "progress/backup.json";

  /** An older scan is given up: what it has read would be too far apart. */
  private static final Duration SCAN_IS_TOO_OLD = Duration.ofHours(24);

  /**
   * An older export is given up, so that the next may begin. However long DynamoDB takes, its copy
   * is that of one moment.
   */
  private static final Duration EXPORT_IS_TOO_OLD = Duration.ofDays(3);

  private final Bucket bucket;

  UnfinishedBackup(Bucket bucket) {
    this.bucket = bucket;
  }

  /**
   * The backup that waits, if any. A scan that is too old is none, and neither is progress that
   * cannot be read. An export is found whatever its age.
   */
  Optional<Progress> find(Instant now) {
    return bucket
        .find(KEY)
        .flatMap(json -> JsonDocument.read(json, Progress.class))
        .filter(
            progress ->
                switch (progress.engine()) {
                  case SCAN -> progress.startedAt().isAfter(now.minus(SCAN_IS_TOO_OLD));
                  case EXPORT -> true;
                });
  }

  /**
   * Demands that it is worth going on with.
   *
   * @throws FailedExport if it is an export that ought to have been finished long ago
   */
  static void requireInTime(Progress progress, Instant now) {
    if (progress.engine() == Engine.EXPORT
        && !progress.startedAt().isAfter(now.minus(EXPORT_IS_TOO_OLD))) {
      throw new FailedExport(
          "%s was not finished within %d hours"
              .formatted(progress.backup(), EXPORT_IS_TOO_OLD.toHours()));
    }
  }

  void keep(Progress progress) {
    bucket.put(KEY, JsonDocument.of(progress));
  }

  /**
   * What keeps the progress of one run. What did not change is not written: each version stays for
   * as long as the bucket's lock.
   *
   * @param from where the run began
   */
  Consumer<Progress> keeper(Progress from) {
    var last = new AtomicReference<>(from);
    return progress -> {
      if (!progress.equals(last.get())) {
        keep(progress);
        last.set(progress);
      }
    };
  }

  void forget() {
    bucket.delete(KEY);
  }
}
