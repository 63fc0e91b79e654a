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
  private final JsonGenerator json;
  private long items;

  Part() throws IOException {
    file = Files.createTempFile("part-", ".json.gz");
    json =
        DynamoDbJson.MAPPER.createGenerator(
            new HuffmanOnly(
                digests.over(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))));
    json.setRootValueSeparator(null);
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

  /** How long the file is so far, but for what is in its buffers. */
  long size() throws IOException {
    return Files.size(file);
  }

  /** Ends the file and stores it. */
  StoredFile store(Bucket bucket, String key) throws IOException {
    json.close();
    return digests.file(key, items, size(), bucket.put(key, file));
  }

  @Override
  public void close() throws IOException {
    json.close();
    Files.deleteIfExists(file);
  }
}
