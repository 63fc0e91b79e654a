package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.ValidationMessage;
import io.vestibule.core.wording.Wording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Applies a form's rules to one entry and words what is wrong for the person. */
final class Rules {

  /** Nobody reads more; without it, a body full of wrong names would get an answer as long. */
  private static final int MOST_ERRORS = 100;

  private final Form form;
  private final Wording wording;
  private final Map<String, FieldError> errors = new LinkedHashMap<>();

  Rules(Form form, Wording wording) {
    this.form = form;
    this.wording = wording;
  }

  Checked check(Entry entry) {
    form.schema().validate(entry.fields()).forEach(this::addBroken);
    entry.fields().forEachEntry(this::checkCharacters);
    checkIdentity(entry.fields());
    entry.consents().forEach(this::checkConsent);
    return errors.isEmpty()
        ? new Checked.Accepted(entry.fields(), agreed(entry.consents()))
        : new Checked.Rejected(inOrderOfTheForm());
  }

  private void addBroken(ValidationMessage broken) {
    String field =
        switch (broken.getType()) {
          case "required", "additionalProperties" -> broken.getProperty();
          default -> broken.getInstanceLocation().getName(0);
        };
    add(field, message(broken));
  }

  private String message(ValidationMessage broken) {
    JsonNode limit = broken.getSchemaNode();
    return switch (broken.getType()) {
      case "required" -> wording.text("field.required");
      case "additionalProperties" -> wording.text("field.undeclared");
      case "type" -> wording.text("field.type");
      case "pattern" -> wording.text("field.pattern");
      case "minLength", "maxLength", "minimum", "maximum" ->
          wording.text("field." + broken.getType(), Map.of("limit", limit.asText()));
      case "enum" -> wording.text("field.enum", Map.of("limit", choices(limit)));
      default -> wording.text("field.invalid");
    };
  }

  private static String choices(JsonNode limit) {
    var choices = new ArrayList<String>();
    limit.forEach(choice -> choices.add(choice.asText()));
    return String.join(", ", choices);
  }

  private void checkCharacters(String field, JsonNode value) {
    boolean lines = form.fields().containsKey(field) && form.schema().isMultiline(field);
    if (value.isTextual() && !Characters.areFit(value.textValue(), lines)) {
      add(field, wording.text("field.characters"));
    }
  }

  private void checkIdentity(ObjectNode fields) {
    if (fields.has(form.identity()) && form.address(fields).isEmpty()) {
      add(form.identity(), wording.text("field.email"));
    }
  }

  /** Any published version counts: it is what the person saw, on a page that may be older. */
  private void checkConsent(String name, JsonNode version) {
    if (!form.consents().containsKey(name)) {
      add(Entry.CONSENT + name, wording.text("field.consent"));
    } else if (!version.isTextual() || wording.consent(name, version.textValue()).isEmpty()) {
      add(Entry.CONSENT + name, wording.text("field.consent-version"));
    }
  }

  private static Map<String, String> agreed(Map<String, JsonNode> consents) {
    var versions = new LinkedHashMap<String, String>();
    consents.forEach((name, version) -> versions.put(name, version.textValue()));
    return versions;
  }

  /** The first thing wrong with each name is enough: it is what to put right next. */
  private void add(String name, String detail) {
    errors.putIfAbsent(name, FieldError.at(Characters.printable(name), detail));
  }

  private List<FieldError> inOrderOfTheForm() {
    var ordered = new ArrayList<FieldError>();
    form.fields().keySet().stream()
        .map(errors::remove)
        .filter(Objects::nonNull)
        .forEach(ordered::add);
    ordered.addAll(errors.values());
    return ordered.subList(0, Math.min(ordered.size(), MOST_ERRORS));
  }
}
