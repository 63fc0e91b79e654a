package io.vestibule.backup.take;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Digests;
import io.vestibule.backup.DynamoDbJson;
import io.vestibule.backup.StoredFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A data file while it grows, in the folder for temporary files: each line an item, compressed. In
 * memory are its buffers only.
 */
final class Part implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Digests digests = new Digests();
  private final Path file;
  private final OutputStream output;
  private final JsonGenerator json;
  private long items;

  /**
   * A part that is deleted when it is closed.
   *
   * @param output where the bytes of this file go, and no others
   */
  Part(Path file, OutputStream output) throws IOException {
    this.file = file;
    this.output = output;
    json =
        DynamoDbJson.MAPPER.createGenerator(
            new HuffmanOnly(digests.over(new BufferedOutputStream(output, BUFFER))));
    json.setRootValueSeparator(null);
  }

  /** Begins an empty part. */
  static Part begin() throws IOException {
    var file = Files.createTempFile("part-", ".json.gz");
    try {
      return new Part(file, Files.newOutputStream(file));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /**
   * Ciphertext in base64 shrinks by its base64 and no further. To look for repetitions as well
   * takes three times as long, for the names of the attributes only.
   */
  private static final class HuffmanOnly extends GZIPOutputStream {
    HuffmanOnly(OutputStream output) throws IOException {
      super(output, BUFFER);
      def.setStrategy(Deflater.HUFFMAN_ONLY);
    }
  }

  void add(Map<String, AttributeValue> item) throws IOException {
    json.writeStartObject();
    json.writeFieldName("Item");
    DynamoDbJson.write(json, item);
    json.writeEndObject();
    json.writeRaw('\n');
    items++;
  }

  long items() {
    return items;
  }

  /** How long the file is so far, without the bytes that are still in its buffers. */
  long size() throws IOException {
    return Files.size(file);
  }

  /** Ends the file and stores it. */
  StoredFile store(Bucket bucket, String key) throws IOException {
    json.close();
    return digests.file(key, items, size(), bucket.put(key, file));
  }

  /** The file goes whatever happens: the next run finds this folder as this one leaves it. */
  @Override
  public void close() throws IOException {
    try (output) {
      json.close();
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
