package io.vestibule.keys.lookup;

import io.vestibule.core.EntryRecord;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Form.Importance;
import io.vestibule.core.forms.Form.Sensitivity;
import io.vestibule.core.forms.Property;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which fields of an entry a card has, and what they are. What is sensitive, or hangs on a consent,
 * is none of them, then or now: so nothing of it has to be taken away when a consent ends. Nor is
 * what no form has.
 *
 * @param forms the entry's form, as it was when the entry was handed in, and as it is now
 */
public record CardFields(List<Form> forms, EntryRecord record) {

  private static final Set<String> NAMES =
      Set.of("name", "given-name", "additional-name", "family-name", "nickname", "organization");

  /** What a field is. */
  public enum Kind {
    ADDRESS,
    PHONE,
    NAME,
    /** A text of several lines, of which the first words are shown. */
    MESSAGE,
    OTHER
  }

  /** The values that a card may have, and what they are. */
  Stream<Map.Entry<String, Kind>> all() {
    return record.fields().properties().stream()
        .filter(it -> it.getValue().isTextual() && !it.getValue().textValue().isBlank())
        .map(Map.Entry::getKey)
        .filter(this::mayBeSeen)
        .map(it -> Map.entry(it, kind(it)))
        .filter(it -> it.getValue() != Kind.OTHER || isImportant(it.getKey()));
  }

  private boolean mayBeSeen(String field) {
    return !record.hanging().containsKey(field)
        && forms.stream().allMatch(it -> it.consentOf(field).isEmpty())
        && fields(field).findAny().isPresent()
        && fields(field).noneMatch(it -> it.sensitivity() == Sensitivity.SENSITIVE);
  }

  private boolean isImportant(String field) {
    return fields(field).anyMatch(it -> it.importance() == Importance.KEY);
  }

  private Stream<Form.Field> fields(String field) {
    return fields(forms, field);
  }

  private static Stream<Form.Field> fields(List<Form> forms, String field) {
    return forms.stream().map(it -> it.fields().get(field)).filter(Objects::nonNull);
  }

  private Kind kind(String field) {
    return kind(forms, field);
  }

  /** What a field is, by the forms that have it. */
  public static Kind kind(List<Form> forms, String field) {
    var filledIn = fields(forms, field).map(Form.Field::autocomplete).toList();
    var rules =
        forms.stream()
            .map(it -> it.schema().properties().get(field))
            .filter(Objects::nonNull)
            .findFirst();
    if (rules.map(Property::format).equals(Optional.of(Property.Format.EMAIL))) {
      return Kind.ADDRESS;
    }
    if (filledIn.stream().anyMatch(it -> it.startsWith("tel"))) {
      return Kind.PHONE;
    }
    if (filledIn.stream().anyMatch(NAMES::contains)) {
      return Kind.NAME;
    }
    return rules.filter(Property::isMultiline).isPresent() ? Kind.MESSAGE : Kind.OTHER;
  }
}
