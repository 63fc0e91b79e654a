package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person handed in at one time, as it was confirmed: what is encrypted with the person's own
 * key. Nothing that comes later changes it.
 *
 * @param fields the form's fields, by name
 * @param consents those that were given when it was confirmed, by name
 * @param language of the page, as a BCP 47 tag
 * @param source the origin of the page that the form stood on; empty if unknown
 * @param optsOut whether the browser said that the person's data is not to be sold or shared;
 *     absent if it did not
 * @param unknown what a later version has stored
 */
public record EntryRecord(
    ObjectNode fields,
    SortedMap<String, Choice.Agreed> consents,
    String language,
    String source,
    @JsonProperty("gpc") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean optsOut,
    @Unknown Map<String, JsonNode> unknown) {

  /**
   * A submission as it was confirmed.
   *
   * @param agreed the consents that the press gave
   */
  public static EntryRecord of(Submission submission, Map<String, Choice.Agreed> agreed) {
    return new EntryRecord(
        submission.fields(),
        new TreeMap<>(agreed),
        submission.language(),
        submission.source(),
        submission.optsOut(),
        Map.of());
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
  public static EntryRecord parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, EntryRecord.class);
  }
}
