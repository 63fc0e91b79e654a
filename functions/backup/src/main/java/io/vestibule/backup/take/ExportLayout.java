package io.vestibule.backup.take;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.backup.Backup;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Digests;
import io.vestibule.backup.DynamoDbJson;
import io.vestibule.backup.Kind;
import io.vestibule.backup.StoredFile;
import io.vestibule.core.Timestamp;
import java.util.ArrayList;
import java.util.List;

/**
 * The copy of a table in the layout of DynamoDB's own export to S3: AWS's ImportTable, Athena and
 * other tools read it without us.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     table export output format</a>
 */
final class ExportLayout {

  private static final String VERSION = "2020-06-30";

  private final Bucket bucket;
  private final ExportFolder folder;

  ExportLayout(Bucket bucket, String backup, Kind kind) {
    this.bucket = bucket;
    this.folder = ExportFolder.ours(backup, kind);
  }

  /** Where a data file goes: the number of its segment, and its own within that. */
  String dataFile(int segment, int number) {
    return folder.dataFile("%02d-%06d.json.gz".formatted(segment, number));
  }

  /** Writes what follows the data: manifests, each with its checksum after it. */
  List<StoredFile> writeManifests(Backup.Copy copy) {
    List<StoredFile> written = new ArrayList<>();
    write(ExportFolder.FILES, files(copy), written);
    write(ExportFolder.SUMMARY, summary(copy), written);
    return written;
  }

  private void write(String name, String content, List<StoredFile> written) {
    StoredFile manifest = store(folder.manifest(name), content);
    written.add(manifest);
    written.add(store(folder.checksum(name), manifest.md5()));
  }

  private StoredFile store(String key, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    return new Digests().update(bytes).file(key, 0, bytes.length, bucket.put(key, bytes));
  }

  private static String files(Backup.Copy copy) {
    var lines = new StringBuilder();
    for (StoredFile file : copy.data()) {
      lines
          .append(
              object()
                  .put("itemCount", file.items())
                  .put("md5Checksum", file.md5())
                  .put("etag", file.etag().replace("\"", ""))
                  .put("dataFileS3Key", file.key()))
          .append('\n');
    }
    return lines.toString();
  }

  private String summary(Backup.Copy copy) {
    return object()
        .put("version", VERSION)
        .putNull("exportArn")
        .put("startTime", Timestamp.of(copy.startedAt()))
        .put("endTime", Timestamp.of(copy.endedAt()))
        .putNull("tableArn")
        .putNull("tableId")
        .put("exportTime", Timestamp.of(copy.startedAt()))
        .put("s3Bucket", bucket.name())
        .put("s3Prefix", folder.prefix())
        .put("s3SseAlgorithm", "KMS")
        .putNull("s3SseKmsKeyId")
        .put("manifestFilesS3Key", folder.manifest(ExportFolder.FILES))
        .put("billedSizeBytes", 0)
        .put("itemCount", copy.items())
        .put("outputFormat", "DYNAMODB_JSON")
        .toString();
  }

  private static ObjectNode object() {
    return DynamoDbJson.MAPPER.createObjectNode();
  }
}
