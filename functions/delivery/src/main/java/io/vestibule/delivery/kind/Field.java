package io.vestibule.delivery.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.targets.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A value.
 *
 * @param name as the target calls it
 * @param label as people call it, in the target's language
 * @param text the value as people read it, likewise
 */
public record Field(String name, String label, JsonNode value, String text) {

  /** What a target may know of an entry's values, in the form's order. */
  static List<Field> of(Target target, Form form, ObjectNode values) {
    return told(target, form, values).map(name -> of(target, form, values, name)).toList();
  }

  private static Field of(Target target, Form form, ObjectNode values, String name) {
    var field = Objects.requireNonNull(form.fields().get(name));
    return new Field(
        target.fields().getOrDefault(name, name),
        field.label().in(target.language()),
        values.get(name),
        field.shown(values.get(name), target.language()));
  }

  /** Which of an entry's fields a target may know, by our names, in the form's order. */
  static Stream<String> told(Target target, Form form, ObjectNode values) {
    return form.fields().keySet().stream()
        .filter(name -> mayKnow(target, form, name) && values.has(name));
  }

  /** Whether a target may know the value of a field of ours. */
  static boolean mayKnow(Target target, Form form, String field) {
    return isFor(target, field)
        && (!form.isSensitive(field) || target.mayKnowSensitive(field, purpose(form, field)));
  }

  private static boolean isFor(Target target, String field) {
    return target.content() == Target.Content.FULL
        && (target.fields().isEmpty() || target.fields().containsKey(field));
  }

  private static Optional<String> purpose(Form form, String field) {
    return form.consentOf(field).flatMap(form::purpose);
  }

  /**
   * What the filled fields are called that the target may know but for one thing: they are
   * sensitive.
   */
  static List<String> withheld(Target target, Form form, ObjectNode values) {
    return form.fields().entrySet().stream()
        .filter(field -> values.has(field.getKey()))
        .filter(field -> isFor(target, field.getKey()) && !mayKnow(target, form, field.getKey()))
        .map(field -> field.getValue().label().in(target.language()))
        .toList();
  }

  boolean isAddress(String itsName, String address) {
    return name.equals(itsName) && value.asText().equalsIgnoreCase(address);
  }

  /** Never the value: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "Field(" + name + ")";
  }
}
