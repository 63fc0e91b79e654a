package io.vestibule.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A backup of which every file was compared with the signed document; only those are read. */
public final class VerifiedBackup {

  private static final int BUFFER = 1 << 16;

  private final Backup backup;
  private final Bucket bucket;
  private final Map<String, String> etags;

  private VerifiedBackup(Backup backup, Bucket bucket, Map<String, String> etags) {
    this.backup = backup;
    this.bucket = bucket;
    this.etags = etags;
  }

  /**
   * Opens a backup and compares everything.
   *
   * @throws RefusedBackup if it is not what was written, or not all of it
   */
  public static VerifiedBackup open(String id, Backups backups, Bucket bucket) {
    Backup backup = backups.open(id);
    return new VerifiedBackup(backup, bucket, new VerifyBackup(bucket).run(backup));
  }

  public Backup backup() {
    return backup;
  }

  /** What is done with an item. */
  @FunctionalInterface
  public interface ItemReader {
    void accept(Map<String, AttributeValue> item) throws IOException;
  }

  /** Reads a data file, item by item: one of them is in memory. */
  public void read(StoredFile file, ItemReader reader) {
    if (file.bytes() == 0) {
      return; // Of a partition without items, DynamoDB exports a file without anything.
    }
    String etag = Objects.requireNonNull(etags.get(file.key()), file.key());
    bucket.readSame(
        file.key(),
        etag,
        (content, _) -> {
          read(content, reader);
          return file;
        });
  }

  private static void read(InputStream content, ItemReader reader) throws IOException {
    try (MappingIterator<JsonNode> lines =
        DynamoDbJson.MAPPER
            .readerFor(JsonNode.class)
            .readValues(new GZIPInputStream(content, BUFFER))) {
      while (lines.hasNextValue()) {
        reader.accept(DynamoDbJson.item(lines.nextValue().path("Item")));
      }
    }
  }
}
