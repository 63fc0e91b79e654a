package io.vestibule.local.aws;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of one request in AWS's JSON protocols.
 *
 * @param json a JSON object
 * @param error the error that this service gives for a parameter that it does not accept
 */
public record Parameters(JsonNode json, String error) {

  private static final JsonMapper MAPPER = new JsonMapper();

  public static Parameters parse(byte[] body, String error) throws Refusal {
    try {
      var json = body.length == 0 ? JsonNodeFactory.instance.objectNode() : MAPPER.readTree(body);
      return new Parameters(object(json, "The request"), error);
    } catch (JacksonException e) {
      throw new Refusal(400, "SerializationException", "The request is no JSON.");
    } catch (IOException e) {
      throw new AssertionError("reads from memory", e);
    }
  }

  /**
   * Refuses every parameter but these. AWS knows more of them, but one that nothing here obeys must
   * not look as if it did.
   */
  public Parameters only(String... known) throws Refusal {
    var names = Set.of(known);
    for (var each : json.properties()) {
      if (!names.contains(each.getKey())) {
        throw invalid("The local run does not know the parameter " + each.getKey() + ".");
      }
    }
    return this;
  }

  public Optional<String> text(String name) throws Refusal {
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(string(value, name));
  }

  public String required(String name) throws Refusal {
    return text(name)
        .orElseThrow(() -> constraint("Value", lowerFirst(name), "Member must not be null"));
  }

  public boolean flag(String name) throws Refusal {
    var value = json.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
      throw mismatch(name);
    }
    return value.asBoolean(false);
  }

  public Optional<Integer> integer(String name) throws Refusal {
    var value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isInt()) {
      throw mismatch(name);
    }
    return Optional.of(value.intValue());
  }

  /** A required blob of 1 byte to the given number of bytes. */
  public byte[] bytes(String name, int most) throws Refusal {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(required(name));
    } catch (IllegalArgumentException e) {
      throw mismatch(name);
    }
    if (bytes.length == 0 || bytes.length > most) {
      var limit =
          bytes.length == 0 ? "greater than or equal to 1" : "less than or equal to " + most;
      throw constraint("Value", lowerFirst(name), "Member must have length " + limit);
    }
    return bytes;
  }

  /** A map of strings, sorted by key; empty if it is absent. */
  public Map<String, String> map(String name) throws Refusal {
    var sorted = new TreeMap<String, String>();
    for (var entry : object(name).json.properties()) {
      sorted.put(entry.getKey(), string(entry.getValue(), name));
    }
    return sorted;
  }

  /** An object within this one; an empty one if it is absent. */
  public Parameters object(String name) throws Refusal {
    var value = json.path(name);
    var absent = value.isMissingNode() || value.isNull();
    return new Parameters(
        absent ? JsonNodeFactory.instance.objectNode() : object(value, name), error);
  }

  public boolean has(String name) {
    return json.hasNonNull(name);
  }

  public List<String> texts(String name) throws Refusal {
    var texts = new ArrayList<String>();
    for (var item : array(name)) {
      texts.add(string(item, name));
    }
    return List.copyOf(texts);
  }

  /** A list of <code>{"Name": …, "Value": …}</code>, in its order; a name may stand in it once. */
  public Map<String, String> pairs(String name) throws Refusal {
    var pairs = new LinkedHashMap<String, String>();
    for (var item : array(name)) {
      var pair = new Parameters(object(item, name), error).only("Name", "Value");
      if (pairs.put(pair.required("Name"), pair.required("Value")) != null) {
        throw invalid("%s has %s more than once.".formatted(name, pair.required("Name")));
      }
    }
    return pairs;
  }

  public Refusal invalid(String message) {
    return new Refusal(400, error, message);
  }

  /** A broken constraint of the service's model, in AWS's words. */
  public Refusal constraint(String value, String where, String constraint) {
    return invalid(
        "1 validation error detected: %s at '%s' failed to satisfy constraint: %s"
            .formatted(value, where, constraint));
  }

  private Iterable<JsonNode> array(String name) throws Refusal {
    var value = json.path(name);
    if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
      throw mismatch(name);
    }
    return value;
  }

  private static JsonNode object(JsonNode value, String name) throws Refusal {
    if (!value.isObject()) {
      throw mismatch(name);
    }
    return value;
  }

  private static String string(JsonNode value, String name) throws Refusal {
    if (!value.isTextual()) {
      throw mismatch(name);
    }
    return value.textValue();
  }

  private static Refusal mismatch(String name) {
    return new Refusal(400, "SerializationException", name + " has the wrong type.");
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
