package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What was posted to a form, told apart by name: fields of the form, consents ({@code
 * consent.<name>}), and controls, which are ours ({@code _lang} and the like).
 *
 * <p>Texts are trimmed, in Unicode NFC and with {@code \n} as the end of a line. An empty text and
 * {@code null} count as absent: a browser sends every control of a page, filled in or not.
 *
 * @param ignored what was posted as a field, and is not taken; its names are told
 */
public record Entry(
    ObjectNode fields,
    Map<String, JsonNode> consents,
    Map<String, String> controls,
    ObjectNode ignored) {

  /** What the names of posted consents begin with. */
  public static final String CONSENT = "consent.";

  private static final Set<String> CONTROLS =
      Set.of("_lang", "_next", "_gotcha", "_nonce", "_altcha", "_change");

  /** Nothing filled in. */
  public static Entry empty() {
    return of(JsonNodeFactory.instance.objectNode());
  }

  /** Sorts what was posted. Names that begin with {@code _} but are none of ours are fields. */
  public static Entry of(ObjectNode posted) {
    var entry =
        new Entry(
            JsonNodeFactory.instance.objectNode(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            JsonNodeFactory.instance.objectNode());
    posted.forEachEntry((name, value) -> clean(value).ifPresent(clean -> entry.put(name, clean)));
    return entry;
  }

  /** One of our own controls, if it was posted as a text. */
  public Optional<String> control(String name) {
    return Optional.ofNullable(controls.get(name));
  }

  /** The same entry with one of our own controls set. */
  public Entry with(String control, String value) {
    var more = new LinkedHashMap<>(controls);
    more.put(control, value);
    return new Entry(fields, consents, more, ignored);
  }

  /** The same entry, of which fields of some names are not taken. */
  public Entry without(Predicate<String> names) {
    var taken = fields.objectNode();
    var left = ignored.deepCopy();
    fields.forEachEntry((name, value) -> (names.test(name) ? left : taken).set(name, value));
    return new Entry(taken, consents, controls, left);
  }

  /** What was entered in a field, to be shown once more to whoever entered it. */
  public String typed(String field) {
    return Characters.printable(all().path(field).asText());
  }

  /** The same of several values; one, if it is not a list. */
  public List<String> typedAll(String field) {
    return all().path(field) instanceof ArrayNode list
        ? list.valueStream().map(item -> Characters.printable(item.asText())).toList()
        : List.of(typed(field));
  }

  /** Everything that was entered and agreed to, by the names under which a page posts it. */
  public Map<String, List<String>> posted() {
    var posted = new LinkedHashMap<String, List<String>>();
    all().fieldNames().forEachRemaining(name -> posted.put(name, typedAll(name)));
    consents.forEach((name, version) -> posted.put(CONSENT + name, List.of(version.asText())));
    return posted;
  }

  /** Every field as it was posted, taken or not. */
  ObjectNode all() {
    return ignored.isEmpty() ? fields : fields.deepCopy().setAll(ignored);
  }

  /** Whether anything was agreed to under this name. */
  public boolean agrees(String consent) {
    return consents.containsKey(consent);
  }

  private void put(String name, JsonNode value) {
    if (CONTROLS.contains(name)) {
      controls.put(name, value.asText());
    } else if (name.startsWith(CONSENT)) {
      consents.put(name.substring(CONSENT.length()), value);
    } else {
      fields.set(name, value);
    }
  }

  private static Optional<JsonNode> clean(JsonNode value) {
    return switch (value) {
      case TextNode text ->
          Optional.of(clean(text.asText())).filter(clean -> !clean.isEmpty()).map(TextNode::new);
      case ArrayNode list -> {
        ArrayNode clean = list.arrayNode();
        list.forEach(item -> clean(item).ifPresent(clean::add));
        yield Optional.of(clean);
      }
      default -> Optional.of(value).filter(present -> !present.isNull());
    };
  }

  private static String clean(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .strip();
  }
}
