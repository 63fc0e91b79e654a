package io.vestibule.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vestibule.core.Json;
import java.io.IOException;
import java.util.Optional;

/** The records that we keep in the bucket, as JSON that people can read too. */
public final class JsonDocument {

  private JsonDocument() {}

  public static byte[] of(Record content) {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new AssertionError("our records are texts and numbers", e);
    }
  }

  /** Reads what {@link #of} wrote, or that of a later version; empty if it is anything else. */
  public static <T extends Record> Optional<T> read(byte[] json, Class<T> type) {
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(json, type));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
