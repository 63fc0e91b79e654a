package io.vestibule.backup.take;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.Kind;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.take.Progress.Export;
import io.vestibule.backup.take.Progress.Segment;
import io.vestibule.backup.take.Progress.Table;
import io.vestibule.core.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.S3SseAlgorithm;

/**
 * Has DynamoDB export the customers, which takes it minutes or hours: no run waits for it. The one
 * after it is completed reads what it has left.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.HowItWorks.html">DynamoDB
 *     data export to Amazon S3</a>
 */
final class ExportCustomers {

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String tableArn;
  private final Bucket bucket;
  private final String bucketKeyArn;
  private final long aboveBytes;

  /**
   * Exports a table to a bucket.
   *
   * @param bucketKeyArn the key that the bucket is under; DynamoDB would not use it by itself
   * @param aboveBytes how large the table may be and still be read by us; 0 for any size
   */
  ExportCustomers(
      DynamoDbClient dynamoDb,
      String table,
      String tableArn,
      Bucket bucket,
      String bucketKeyArn,
      long aboveBytes) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.tableArn = tableArn;
    this.bucket = bucket;
    this.bucketKeyArn = bucketKeyArn;
    this.aboveBytes = aboveBytes;
  }

  /**
   * The engine to use if the caller names none. DynamoDB counts a table's size about every six
   * hours.
   */
  Engine usual() {
    return aboveBytes > 0 && size() > aboveBytes ? Engine.EXPORT : Engine.SCAN;
  }

  /**
   * Starts the export, looks for its end, or reads its files: whatever comes next.
   *
   * @param keep is told how far it has come, now and then
   * @throws FailedExport if there will be none
   */
  Progress goOn(Progress progress, Export export, Deadline deadline, Consumer<Progress> keep) {
    @Nullable String arn = export.arn();
    if (arn == null) {
      return progress.with(export.ordered(start(progress.backup())));
    }
    ExportDescription found = look(arn);
    return switch (found.exportStatus()) {
      case IN_PROGRESS -> progress;
      case COMPLETED -> read(progress, export, found, deadline, keep);
      case FAILED, UNKNOWN_TO_SDK_VERSION ->
          throw new FailedExport(
              "%s, %s (%s)".formatted(arn, found.failureCode(), found.failureMessage()));
    };
  }

  /**
   * Orders it, under the backup's id: a run that died after this finds the same export when it is
   * repeated, and not a second one. DynamoDB remembers it for 8 hours.
   */
  private String start(String backup) {
    try {
      return dynamoDb
          .exportTableToPointInTime(
              order ->
                  order
                      .tableArn(tableArn)
                      .clientToken(backup)
                      .exportType(ExportType.FULL_EXPORT)
                      .exportFormat(ExportFormat.DYNAMODB_JSON)
                      .s3Bucket(bucket.name())
                      .s3Prefix(ExportFolder.prefix(backup, Kind.CUSTOMERS))
                      .s3SseAlgorithm(S3SseAlgorithm.KMS)
                      .s3SseKmsKeyId(bucketKeyArn))
          .exportDescription()
          .exportArn();
    } catch (DynamoDbException e) {
      if (isForNow(e)) {
        throw e; // The next run tries again.
      }
      throw new FailedExport(String.valueOf(e.getMessage()), e);
    }
  }

  /** Also when too many exports, or other work on tables, go on in the account at once. */
  private static boolean isForNow(DynamoDbException e) {
    return e.statusCode() >= 500
        || e.isThrottlingException()
        || e instanceof LimitExceededException;
  }

  private ExportDescription look(String arn) {
    try {
      return dynamoDb.describeExport(export -> export.exportArn(arn)).exportDescription();
    } catch (ExportNotFoundException e) {
      throw new FailedExport(arn + " is not known any more", e);
    }
  }

  private Progress read(
      Progress progress,
      Export before,
      ExportDescription found,
      Deadline deadline,
      Consumer<Progress> keep) {
    String arn = found.exportArn();
    var folder = ExportFolder.ofDynamoDb(progress.backup(), Kind.CUSTOMERS, arn);
    ExportManifests manifests = new ManifestReader(bucket, folder).read();
    List<StoredFile> toSign = manifests.sameAs(before.manifests());
    List<StoredFile> data =
        new ExportedFiles(bucket, manifests.data(), before.files())
            .read(deadline, soFar -> keep.accept(progress.with(before.with(soFar, toSign))));
    Progress next = progress.with(before.with(data, toSign));
    if (!manifests.isAll(data)) {
      return next;
    }
    Instant asOf = Objects.requireNonNullElse(found.exportTime(), progress.startedAt());
    Instant end = Objects.requireNonNullElse(found.endTime(), asOf);
    return next.with(
        Table.begin(Kind.CUSTOMERS, asOf, 1)
            .with(List.of(Segment.begin(0).with(null, null, data)), end));
  }

  private long size() {
    return dynamoDb.describeTable(describe -> describe.tableName(table)).table().tableSizeBytes();
  }
}
