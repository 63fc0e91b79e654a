package io.vestibule.checkup;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.checkup.LastRuns.Drill;
import io.vestibule.core.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.s3.S3Client;

/** What drills found. Only the drill may write there; whether one passed, its name tells. */
public record DrillReports(S3Client s3, String bucket, LastRuns runs) {

  /**
   * What one of them found.
   *
   * @param backup when the backup was begun; empty if its name does not say
   * @param found empty if the report cannot be read
   */
  public record Report(Drill drill, Optional<Instant> backup, Optional<Found> found) {}

  /**
   * The numbers.
   *
   * @param items customers in the backup
   * @param restored of them
   * @param opened of a sample
   * @param failed of it
   * @param resurrected erased customers who came back
   * @param kept out of the restore, as the ledger says that they were erased
   * @param halves customers in the tables in use of whom half is missing; empty if they were not
   *     counted
   * @param refused why nothing could be restored at all, in English; empty if it could
   */
  public record Found(
      long items,
      long restored,
      long opened,
      long failed,
      long resurrected,
      long kept,
      OptionalLong halves,
      String refused) {}

  /** The newest of them, the newest first. */
  public List<Report> newest(int most) {
    return runs.drills(most).stream().map(this::read).toList();
  }

  private Report read(Drill drill) {
    var json = s3.getObjectAsBytes(get -> get.bucket(bucket).key(drill.key())).asByteArray();
    return new Report(drill, LastRuns.time(drill.backup(), ""), found(json));
  }

  private static Optional<Found> found(byte[] json) {
    try {
      var report = Json.MAPPER.readTree(json);
      return report.path("items").isIntegralNumber()
          ? Optional.of(found(report))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Found found(JsonNode report) {
    return new Found(
        report.path("items").asLong(),
        report.path("restored").asLong(),
        report.path("opened").asLong(),
        report.path("failed").asLong(),
        report.path("resurrected").asLong(),
        report.path("erasedAgain").asLong() + report.path("invalid").asLong(),
        halves(report.path("orphans")),
        report.path("refused").asText());
  }

  private static OptionalLong halves(JsonNode orphans) {
    return orphans.path("complete").asBoolean()
        ? OptionalLong.of(
            orphans.at("/withoutCustomer/count").asLong()
                + orphans.at("/withoutIdentity/count").asLong())
        : OptionalLong.empty();
  }
}
