package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a member of staff has written down about a customer: what is encrypted with the customer's
 * own key. The customer can see it.
 *
 * @param kind {@link #PLAIN} or {@link #PHONE}; a later version may know more
 * @param on the day on which they were reached; absent if the note tells of no such thing
 * @param role in which it was written
 * @param by who wrote it, as the provider names them
 * @param name their own, if customers are told it; else absent
 * @param unknown what a later version has stored
 */
public record Note(
    String kind,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate on,
    String text,
    String role,
    String by,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
    @Unknown Map<String, JsonNode> unknown) {

  /** Whatever somebody wants to remember. */
  public static final String PLAIN = "note";

  /** They were reached by phone. */
  public static final String PHONE = "phone";

  /** Never the text: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "Note(not shown)";
  }

  public byte[] toJson() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record of texts and JSON can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is anything else; its message quotes the text, so it must not be
   *     logged
   */
  public static Note parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, Note.class);
  }
}
