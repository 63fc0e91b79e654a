package io.vestibule.core.forms;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What a definition's schema and the way in which its fields are shown must agree in. */
final class FieldChecks {

  private FieldChecks() {}

  /**
   * Checks all fields.
   *
   * @throws IllegalArgumentException they do not agree; the message says where
   */
  static void check(Schema schema, Map<String, Form.Field> fields) {
    var names = schema.properties().keySet();
    names.forEach(
        name ->
            require(
                fields.containsKey(name),
                "schema.properties.%s is not shown: \"fields\" has %s"
                    .formatted(name, fields.keySet())));
    fields
        .keySet()
        .forEach(
            name ->
                require(
                    names.contains(name),
                    "fields.%s is no property: the schema has %s".formatted(name, names)));
    var identities = fields.values().stream().filter(Form.Field::identity).count();
    require(
        identities == 1,
        "fields: exactly one field must have \"identity\": true, and %d have"
            .formatted(identities));
    fields.forEach((name, field) -> check(schema, name, field));
  }

  private static void check(Schema schema, String name, Form.Field field) {
    Property property = schema.property(name);
    require(
        !field.identity() || (property.format() == Property.Format.EMAIL && schema.requires(name)),
        "fields.%s has \"identity\": true: it must have the format \"email\" and be required"
            .formatted(name));
    require(
        field.rows() == null || property.isMultiline(),
        "fields.%s.rows is for texts that may have several lines (\"maxLength\" over 255)"
            .formatted(name));
    var values = values(property);
    require(
        property.isScale()
            ? values.containsAll(field.options().keySet())
            : values.equals(field.options().keySet()),
        "fields.%s.options has %s, but the schema's values are %s"
            .formatted(name, new TreeSet<>(field.options().keySet()), values));
  }

  private static Set<String> values(Property property) {
    if (property.isScale() && property.minimum() != null && property.maximum() != null) {
      return IntStream.rangeClosed(property.minimum().intValue(), property.maximum().intValue())
          .mapToObj(Integer::toString)
          .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
    return new TreeSet<>(property.choices());
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
