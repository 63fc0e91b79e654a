package io.vestibule.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Refusal;
import io.vestibule.local.dynamodb.Export.DataFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an export's files to S3. They are made in memory: tables of a local run are small.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     table export output format</a>
 */
record ExportWriter(Backend s3) {

  /** The bucket is not there. */
  static final class NoBucket extends IOException {
    NoBucket(String name) {
      super("There is no bucket " + name);
    }
  }

  /** As if the table had so many. Each has a file of its own, an empty one too. */
  private static final int PARTITIONS = 3;

  /**
   * All but the manifests. If items cannot be read, nothing is written: the order may come again.
   */
  List<DataFile> data(Export export, Items items) throws IOException, Refusal {
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new Partition());
    }
    items.read(item -> partitions.get(Math.floorMod(item.hashCode(), PARTITIONS)).items.add(item));
    put(export, "_started", new byte[0]);
    List<DataFile> files = new ArrayList<>();
    for (Partition partition : partitions) {
      byte[] content = partition.content();
      String name = "data/%026d.json.gz".formatted(files.size());
      String etag = put(export, name, content);
      files.add(new DataFile(export.folder() + name, partition.items.size(), md5(content), etag));
    }
    return files;
  }

  /** Where items come from. */
  @FunctionalInterface
  interface Items {
    void read(Consumer<JsonNode> to) throws IOException, Refusal;
  }

  /** What is in one of the files. */
  private record Partition(List<JsonNode> items) {

    Partition() {
      this(new ArrayList<>());
    }

    byte[] content() throws IOException {
      var content = new ByteArrayOutputStream();
      if (!items.isEmpty()) {
        try (var gzip = new GZIPOutputStream(content)) {
          for (JsonNode item : items) {
            gzip.write((object().set("Item", item) + "\n").getBytes(UTF_8));
          }
        }
      }
      return content.toByteArray();
    }
  }

  /** What follows when all data is there. */
  void manifests(Export export) throws IOException {
    var lines = new StringBuilder();
    for (DataFile file : export.files()) {
      lines
          .append(
              object()
                  .put("itemCount", file.items())
                  .put("md5Checksum", file.md5())
                  .put("etag", file.etag())
                  .put("dataFileS3Key", file.key()))
          .append('\n');
    }
    manifest(export, "manifest-files", lines.toString());
    manifest(export, "manifest-summary", summary(export).toString());
  }

  private static ObjectNode summary(Export export) {
    JsonNode order = export.order();
    return object()
        .put("version", "2020-06-30")
        .put("exportArn", export.arn())
        .put("startTime", export.start().toString())
        .put("endTime", export.end().orElse(export.start()).toString())
        .put("tableArn", order.path("TableArn").asText())
        .put("tableId", export.tableId())
        .put("exportTime", export.start().toString())
        .put("s3Bucket", export.bucket())
        .put("s3Prefix", order.path("S3Prefix").textValue())
        .put("s3SseAlgorithm", order.path("S3SseAlgorithm").asText("AES256"))
        .put("s3SseKmsKeyId", order.path("S3SseKmsKeyId").textValue())
        .put("manifestFilesS3Key", export.folder() + "manifest-files.json")
        .put("billedSizeBytes", 0)
        .put("itemCount", export.items())
        .put("outputFormat", "DYNAMODB_JSON")
        .put("exportType", "FULL_EXPORT");
  }

  /** Its checksum is named as DynamoDB names it, and not as AWS documents it. */
  private void manifest(Export export, String name, String content) throws IOException {
    put(export, name + ".json", content.getBytes(UTF_8));
    put(export, name + ".md5", md5(content.getBytes(UTF_8)).getBytes(UTF_8));
  }

  /** Writes an object; its entity tag. */
  private String put(Export export, String name, byte[] content) throws IOException {
    String target = "/%s/%s%s".formatted(export.bucket(), export.folder(), name);
    var response = s3.handle(new Backend.Request("PUT", target, Map.of(), content));
    return switch (response.status()) {
      case 200 -> entityTag(response);
      case 404 -> throw new NoBucket(export.bucket());
      default -> throw new IOException("S3 answers %d".formatted(response.status()));
    };
  }

  private static String entityTag(Backend.Response response) {
    return response.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("etag"))
        .map(header -> header.getValue().replace("\"", ""))
        .findFirst()
        .orElse("");
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform must have MD5", e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
