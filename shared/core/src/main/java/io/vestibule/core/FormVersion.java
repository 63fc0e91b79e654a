package io.vestibule.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * By which rules something was checked when it was handed in, as it is sealed with it.
 *
 * @param name of the rules: {@code Form.version()}
 * @param identity the name of the field that has the person's address: it is found even where
 *     nobody knows these rules any more, or yet
 * @param hanging the fields that are kept only if a consent is given, and that consent: so that
 *     nobody keeps them without it who does not know these rules. Absent if there are none
 */
public record FormVersion(String name, String identity, SortedMap<String, String> hanging) {

  /**
   * What stands for a version that nobody named. It is as long as none is, so no rules have it for
   * a name.
   */
  public static final String UNNAMED = "unknown";

  private static final String HANGING = "hanging";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{16}");

  public FormVersion {
    hanging = Collections.unmodifiableSortedMap(new TreeMap<>(hanging));
  }

  /** Rules by which no field hangs on a consent. */
  public FormVersion(String name, String identity) {
    this(name, identity, Collections.emptySortedMap());
  }

  /** Whether a text can be the name of rules: it becomes a part of a path, and a plain column. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  ObjectNode toJson() {
    var json = Json.MAPPER.createObjectNode().put("version", name).put("identity", identity);
    if (!hanging.isEmpty()) {
      var consents = json.putObject(HANGING);
      hanging.forEach(consents::put);
    }
    return json;
  }

  /** Reads what {@link #toJson} wrote; empty if it is anything else, or absent. */
  static Optional<FormVersion> parse(JsonNode json) {
    var hanging = new TreeMap<String, String>();
    json.path(HANGING).forEachEntry((field, consent) -> hanging.put(field, consent.asText()));
    var read =
        new FormVersion(json.path("version").asText(), json.path("identity").asText(), hanging);
    return isName(read.name) ? Optional.of(read) : Optional.empty();
  }
}
