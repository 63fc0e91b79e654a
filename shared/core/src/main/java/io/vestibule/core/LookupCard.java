package io.vestibule.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a list may show of an entry, so that nobody's key has to be unwrapped for it. It is sealed,
 * and has nothing that is sensitive, or that hangs on a consent.
 *
 * @param formVersion the rules that the entry was checked by
 * @param fields the values by which somebody knows it again, shortened, by the form's names
 * @param words the keyed hashes by which it is found: a row that says another is not believed
 * @param unknown what a later version has stored
 */
public record LookupCard(
    String formVersion,
    ObjectNode fields,
    List<String> words,
    @Unknown Map<String, JsonNode> unknown) {

  public LookupCard {
    words = List.copyOf(words);
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
  public static LookupCard parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, LookupCard.class);
  }
}
