package io.vestibule.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Localised;
import io.vestibule.core.wording.Wording;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A form for programs: what its page shows, in all languages, and the rules for what is sent. What
 * the page does not show, such as who is told, is not in it.
 */
public final class FormDocument {

  private FormDocument() {}

  /**
   * The document.
   *
   * @param isOpen whether anything can be sent by the form
   */
  public static ObjectNode of(Form form, Languages languages, boolean isOpen) {
    var document = Json.MAPPER.createObjectNode();
    document.put("name", form.name());
    document.put("version", form.version());
    put(document, "title", form.title());
    put(document, "introduction", form.introduction());
    document.set("schema", form.schema().source());
    var fields = document.putObject("fields");
    form.fields().forEach((name, field) -> fields.set(name, field(field)));
    var consents = document.putObject("consents");
    form.consents().forEach((name, consent) -> consents.set(name, consent(consent)));
    var spoken = document.putArray("languages");
    languages.all().stream().map(Wording::language).filter(form::speaks).forEach(spoken::add);
    return document.put("open", isOpen);
  }

  private static ObjectNode field(Form.Field field) {
    var node = Json.MAPPER.createObjectNode();
    put(node, "section", field.section());
    put(node, "label", field.label());
    put(node, "help", field.help());
    node.put("autocomplete", field.autocomplete());
    if (field.identity()) {
      node.put("identity", true);
    }
    if (!field.options().isEmpty()) {
      var options = node.putObject("options");
      new TreeMap<>(field.options()).forEach((value, text) -> put(options, value, text));
    }
    if (field.hidden()) {
      node.put("hidden", true);
    }
    if (field.dates() != null) {
      var dates = node.putObject("dates");
      if (field.dates().from() != null) {
        dates.put("from", field.dates().from().text());
      }
      if (field.dates().to() != null) {
        dates.put("to", field.dates().to().text());
      }
    }
    return node;
  }

  private static ObjectNode consent(Form.Consent consent) {
    var node = Json.MAPPER.createObjectNode();
    node.put("purpose", consent.purpose());
    node.put("version", consent.version());
    node.put("required", consent.required());
    put(node, "wording", consent.wording());
    if (!consent.fields().isEmpty()) {
      node.set("fields", Json.MAPPER.valueToTree(consent.fields()));
    }
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable Localised text) {
    if (text != null) {
      node.set(name, Json.MAPPER.valueToTree(new TreeMap<>(text.texts())));
    }
  }
}
