package io.vestibule.checkup;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
  private static final String REPORT = ".json";
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

  /**
   * A report of a drill, by its name.
   *
   * @param backup the name of the backup that was drilled
   */
  public record Drill(Instant at, boolean passed, String backup, String key) {}

  /** The reports of drills, passed or not, the newest first. */
  public List<Drill> drills(int most) {
    return Stream.concat(drills(PASSED, true), drills(FAILED, false))
        .sorted(Comparator.comparing(Drill::at).reversed())
        .limit(most)
        .toList();
  }

  private Stream<Drill> drills(String prefix, boolean passed) {
    return names(prefix).stream()
        .filter(it -> it.endsWith(REPORT))
        .flatMap(it -> time(it, prefix).map(at -> drill(at, passed, it, prefix)).stream());
  }

  private static Drill drill(Instant at, boolean passed, String key, String prefix) {
    int before = prefix.length() + MILLIS_DIGITS + 1;
    return new Drill(at, passed, key.substring(before, key.length() - REPORT.length()), key);
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
  static Optional<Instant> time(String name, String prefix) {
    var rest = name.substring(prefix.length());
    return rest.matches("\\d{%d}-.*".formatted(MILLIS_DIGITS))
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(rest.substring(0, MILLIS_DIGITS))))
        : Optional.empty();
  }
}
