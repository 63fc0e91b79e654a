package io.vestibule.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The backup that waits for its next run, if there is one: an object in the bucket. */
final class UnfinishedBackup {

  private static final String KEY = "progress/backup.json";

  /** An older one is given up: what it has read would be too far apart. */
  private static final Duration TOO_OLD = Duration.ofHours(24);

  private final Bucket bucket;

  UnfinishedBackup(Bucket bucket) {
    this.bucket = bucket;
  }

  /** What waits and is worth going on with. One that nobody can read is not. */
  Optional<Progress> find(Instant now) {
    return bucket
        .find(KEY)
        .flatMap(json -> JsonDocument.read(json, Progress.class))
        .filter(progress -> progress.startedAt().isAfter(now.minus(TOO_OLD)));
  }

  void keep(Progress progress) {
    bucket.put(KEY, JsonDocument.of(progress));
  }

  void forget() {
    bucket.delete(KEY);
  }
}
