package io.vestibule.local.host;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.template.Stack;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes of an event what a rule's target is to get.
 *
 * <p>Stricter than EventBridge where AWS does not say what happens: each value has to be in the
 * event, and stands in the template for itself, not as part of a text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html">Input
 *     transformation</a>
 */
final class InputTransformer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PATH = Pattern.compile("\\$((\\.[\\w-]+)|(\\[\\d+]))+");
  private static final Pattern PLACEHOLDER = Pattern.compile("<([\\w-]+)>");

  private final Map<String, JsonPointer> paths = new HashMap<>();
  private final String template;

  /**
   * Reads the paths of a rule.
   *
   * @throws IllegalArgumentException one of them is none that EventBridge knows
   */
  InputTransformer(Stack.Rule rule) {
    rule.paths().forEach((name, path) -> paths.put(name, pointer(path)));
    this.template = rule.inputTemplate();
  }

  /**
   * Fills the template in.
   *
   * @throws IllegalArgumentException the event lacks a value, or what came of it is not JSON
   */
  JsonNode transform(JsonNode event) {
    var input =
        PLACEHOLDER
            .matcher(template)
            .replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), event)));
    try {
      return JSON.readTree(input);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON once it is filled in: " + template, e);
    }
  }

  private String value(String name, JsonNode event) {
    JsonPointer path = paths.get(name);
    if (path == null || event.at(path).isMissingNode()) {
      throw new IllegalArgumentException("The event has no <" + name + ">");
    }
    return event.at(path).toString();
  }

  private static JsonPointer pointer(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("Not a path that EventBridge knows: " + path);
    }
    return JsonPointer.compile(path.substring(1).replace("]", "").replaceAll("[.\\[]", "/"));
  }
}
