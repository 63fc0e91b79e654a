package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import java.util.Optional;

/** What forms and their fields are called in a language; their own word where a form has gone. */
public record FormNames(Forms forms, String language) {

  public String form(String name) {
    return forms.find(name).map(form -> form.title().in(language)).orElse(name);
  }

  public String field(String form, String name) {
    return forms.find(form).flatMap(it -> label(it, name)).orElse(name);
  }

  /** A value as people read it, if the form has its field still. */
  String value(String form, String name, JsonNode value) {
    return forms
        .find(form)
        .map(it -> it.fields().get(name))
        .map(field -> field.shown(value, language))
        .orElseGet(() -> Form.Field.plain(value));
  }

  /** A field of whichever form has it: what several share means the same in all. */
  public String field(String name) {
    return forms.all().stream().flatMap(it -> label(it, name).stream()).findFirst().orElse(name);
  }

  private Optional<String> label(Form form, String name) {
    return Optional.ofNullable(form.fields().get(name)).map(field -> field.label().in(language));
  }

  public String purpose(String name) {
    return forms.purpose(name, language);
  }
}
