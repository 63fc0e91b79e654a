package io.vestibule.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An export, and how far it is.
 *
 * @param arn its name, whose last part is its id
 * @param order what was asked for
 * @param start when; and so the point in time
 * @param end when it was completed, or failed; empty while it is under way
 * @param failure why it failed; empty if it did not
 */
record Export(
    String arn,
    JsonNode order,
    String tableId,
    Instant start,
    Optional<Instant> end,
    List<DataFile> files,
    Optional<String> failure) {

  /** One of its data files. */
  record DataFile(String key, long items, String md5, String etag) {}

  static final String NO_BUCKET = "S3NoSuchBucket";

  String id() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  String bucket() {
    return order.path("S3Bucket").asText();
  }

  /** Where its files are: under the prefix, which AWS takes as a folder. */
  String folder() {
    String prefix = order.path("S3Prefix").asText();
    return (prefix.isEmpty() ? "" : prefix + "/") + "AWSDynamoDB/" + id() + "/";
  }

  long items() {
    return files.stream().mapToLong(DataFile::items).sum();
  }

  Export endedAt(Instant now) {
    return new Export(arn, order, tableId, start, Optional.of(now), files, failure);
  }

  public Export with(List<DataFile> written) {
    return new Export(arn, order, tableId, start, end, written, failure);
  }

  Export failed(String code) {
    return new Export(arn, order, tableId, start, end, files, Optional.of(code));
  }

  /** As DescribeExport answers; members that are known only at the end are absent before. */
  ObjectNode description() {
    ObjectNode description = JsonNodeFactory.instance.objectNode();
    description.setAll((ObjectNode) order.deepCopy());
    description
        .put("ExportArn", arn)
        .put("ExportStatus", status())
        .put("TableId", tableId)
        .put("StartTime", seconds(start))
        .put("ExportTime", seconds(start));
    end.ifPresent(at -> description.put("EndTime", seconds(at)));
    if (status().equals("COMPLETED")) {
      description.put("ItemCount", items()).put("BilledSizeBytes", 0);
    }
    failure
        .filter(code -> end.isPresent())
        .ifPresent(
            code ->
                description
                    .put("FailureCode", code)
                    .put("FailureMessage", "The specified bucket does not exist"));
    return description;
  }

  private String status() {
    if (end.isEmpty()) {
      return "IN_PROGRESS";
    }
    return failure.isPresent() ? "FAILED" : "COMPLETED";
  }

  /** As the JSON protocol has times: seconds, with a fraction. */
  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
