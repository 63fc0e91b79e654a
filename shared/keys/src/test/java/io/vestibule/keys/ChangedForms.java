package io.vestibule.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Forms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The form {@code contact} after its owner has changed it; all other forms are as they are. */
public final class ChangedForms {

  private static final String NAME = "contact";

  private ChangedForms() {}

  /** Changed, and published: what it was before is kept as a version. */
  public static Forms published(Consumer<ObjectNode> change) {
    byte[] before = bytes("contact.json");
    var version = new Forms().find(NAME).orElseThrow().version();
    return forms(
        Map.of(
            "contact.json",
            changed(before, change),
            "versions/contact/" + version + ".json",
            before));
  }

  /** Changed, in a release that has no file of what it was, nor of what it will be. */
  public static Forms alone(Consumer<ObjectNode> change) {
    return forms(Map.of("contact.json", changed(bytes("contact.json"), change)));
  }

  /** Takes fewer characters than before. */
  public static Consumer<ObjectNode> longest(String field, int characters) {
    return form ->
        ((ObjectNode) form.at("/schema/properties/" + field)).put("maxLength", characters);
  }

  /** Calls a field by another name. */
  public static Consumer<ObjectNode> renamed(String field, String name) {
    return form -> {
      for (var object : new String[] {"/schema/properties", "/fields"}) {
        var members = (ObjectNode) form.at(object);
        members.set(name, members.remove(field));
      }
      var required = (ArrayNode) form.at("/schema/required");
      for (int i = 0; i < required.size(); i++) {
        if (required.get(i).asText().equals(field)) {
          required.set(i, name);
        }
      }
    };
  }

  private static byte[] changed(byte[] definition, Consumer<ObjectNode> change) {
    try {
      JsonNode form = Json.MAPPER.readTree(definition);
      change.accept((ObjectNode) form);
      return Json.MAPPER.writeValueAsBytes(form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String path) {
    try (var file = deployed(path)) {
      return file == null ? new byte[0] : file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable InputStream deployed(String path) {
    return Forms.class.getResourceAsStream("/forms/" + path);
  }

  private static Forms forms(Map<String, byte[]> files) {
    return new Forms(
        path -> {
          var changed = files.get(path);
          return changed == null ? deployed(path) : new ByteArrayInputStream(changed);
        });
  }
}
