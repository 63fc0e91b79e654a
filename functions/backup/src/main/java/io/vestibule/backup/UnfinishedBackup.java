package io.vestibule.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vestibule.core.Json;
import java.io.IOException;
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
        .flatMap(UnfinishedBackup::read)
        .filter(progress -> progress.startedAt().isAfter(now.minus(TOO_OLD)));
  }

  private static Optional<Progress> read(byte[] json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, Progress.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void keep(Progress progress) {
    try {
      bucket.put(KEY, Json.MAPPER.writeValueAsBytes(progress));
    } catch (JsonProcessingException e) {
      throw new AssertionError("progress is texts and numbers", e);
    }
  }

  void forget() {
    bucket.delete(KEY);
  }
}
