package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What lies in the bucket is read by every later version, and, after a roll-back, by an earlier
 * one.
 *
 * <p>Never change a file of {@code src/test/resources/formats}: objects of this form are locked for
 * weeks. Add one. {@code <format>-1.json} is what version 1 writes; {@code <format>-next.json}
 * stands for a version that is still to come.
 */
public final class GoldenFiles {

  public static final String ID = "01795165200000-1a2b3c4d";

  public static final StoredFile DATA = file("data/00-000000.json.gz", 2, "a");
  public static final StoredFile MANIFEST = file("manifest-files.json", 0, "b");

  private GoldenFiles() {}

  private static StoredFile file(String name, long items, String digit) {
    return new StoredFile(
        "backups/%1$s/customers/AWSDynamoDB/%1$s/%2$s".formatted(ID, name),
        items,
        512,
        "CY9rzUYh03PK3k6DJie09g==",
        "\"098f6bcd4621d373cade4e832627b4f6\"",
        digit.repeat(64),
        Map.of());
  }

  /** What version 1 writes is read as these values, and these values are written so. */
  public static <T extends Record> void assertAsEver(String file, T record) throws IOException {
    assertThat(JsonDocument.read(golden(file).getBytes(UTF_8), record.getClass()).orElseThrow())
        .isEqualTo(record);
    assertThat(written(record)).isEqualTo(golden(file));
  }

  /** It is written as the file has it, but for the order of members. */
  public static void assertWrittenAs(String file, Record record) throws IOException {
    JsonNode written = Json.MAPPER.readTree(written(record));
    assertThat(written).isEqualTo(Json.MAPPER.readTree(golden(file)));
  }

  /** What a file is read as. */
  public static <T extends Record> T read(String file, Class<T> type) throws IOException {
    return JsonDocument.read(golden(file).getBytes(UTF_8), type).orElseThrow();
  }

  /** What a value is written as. */
  public static String written(Record record) {
    return new String(JsonDocument.of(record), UTF_8);
  }

  /** The bytes of a file, as text. */
  public static String golden(String file) throws IOException {
    return Files.readString(Path.of("../../functions/backup/src/test/resources/formats", file));
  }
}
