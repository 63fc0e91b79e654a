package io.vestibule.checkup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;

/**
 * When a backup was last taken, and drills last passed and failed. The names in the backup bucket
 * tell it, so no object is read: what is in one of them nobody has to believe here.
 */
public final class LastRuns {

  private static final String BACKUPS = "backups/";
  private static final String PASSED = "drills/passed/";
  private static final String FAILED = "drills/failed/";
  private static final int MILLIS_DIGITS = 14;

  private final S3Client s3;
  private final String bucket;

  public LastRuns(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** When the newest backup was begun that was finished; empty if there is none. */
  public Optional<Instant> backup() {
    return folders().reversed().stream()
        .filter(this::isFinished)
        .findFirst()
        .flatMap(it -> time(it, BACKUPS));
  }

  public Optional<Instant> passedDrill() {
    return newest(PASSED);
  }

  public Optional<Instant> failedDrill() {
    return newest(FAILED);
  }

  private List<String> folders() {
    return s3
        .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(BACKUPS).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(CommonPrefix::prefix)
        .toList();
  }

  /** What is written last. */
  private boolean isFinished(String folder) {
    return !names(folder + "vestibule.json").isEmpty();
  }

  private Optional<Instant> newest(String prefix) {
    return names(prefix).reversed().stream().findFirst().flatMap(it -> time(it, prefix));
  }

  private List<String> names(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(it -> it.key())
        .toList();
  }

  /** Backups and reports are named by their time in milliseconds; what is not is none of ours. */
  private static Optional<Instant> time(String name, String prefix) {
    var rest = name.substring(prefix.length());
    return rest.matches("\\d{%d}-.*".formatted(MILLIS_DIGITS))
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(rest.substring(0, MILLIS_DIGITS))))
        : Optional.empty();
  }
}
