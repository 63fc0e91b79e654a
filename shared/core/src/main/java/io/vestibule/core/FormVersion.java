package io.vestibule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * By which rules something was checked when it was handed in, as it is sealed with it.
 *
 * @param name of the rules: {@code Form.version()}
 * @param identity the name of the field that has the person's address: it is found even where
 *     nobody knows these rules any more, or yet
 */
public record FormVersion(String name, String identity) {

  /**
   * What stands for a version that nobody named. It is as long as none is, so no rules have it for
   * a name.
   */
  public static final String UNNAMED = "unknown";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{16}");

  /** Whether a text can be the name of rules: it becomes a part of a path, and a plain column. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  ObjectNode toJson() {
    return Json.MAPPER.createObjectNode().put("version", name).put("identity", identity);
  }

  /** Reads what {@link #toJson} wrote; empty if it is anything else, or absent. */
  static Optional<FormVersion> parse(JsonNode json) {
    var read = new FormVersion(json.path("version").asText(), json.path("identity").asText());
    return isName(read.name) ? Optional.of(read) : Optional.empty();
  }
}
