package io.vestibule.core.forms;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
            Require.that(
                fields.containsKey(name),
                "schema.properties.%s is not shown: \"fields\" has %s"
                    .formatted(name, fields.keySet())));
    fields
        .keySet()
        .forEach(
            name ->
                Require.that(
                    names.contains(name),
                    "fields.%s is no property: the schema has %s".formatted(name, names)));
    var identities = fields.values().stream().filter(Form.Field::identity).count();
    Require.that(
        identities == 1,
        "fields: exactly one field must have \"identity\": true, and %d have"
            .formatted(identities));
    fields.forEach((name, field) -> check(schema, name, field));
    var order = List.copyOf(fields.keySet());
    order.forEach(name -> schema.condition(name).ifPresent(on -> check(name, on, fields, order)));
  }

  private static void check(
      String name, Condition condition, Map<String, Form.Field> fields, List<String> order) {
    Require.that(
        order.indexOf(condition.on()) < order.indexOf(name),
        "fields.%s must come after fields.%s, which decides whether it is asked"
            .formatted(name, condition.on()));
    Require.that(
        Stream.of(name, condition.on()).noneMatch(it -> requireNonNull(fields.get(it)).hidden()),
        "schema.allOf: neither %s nor %s can be hidden".formatted(name, condition.on()));
  }

  private static void check(Schema schema, String name, Form.Field field) {
    Property property = schema.property(name);
    Require.that(
        !field.identity() || (property.format() == Property.Format.EMAIL && schema.requires(name)),
        "fields.%s has \"identity\": true: it must have the format \"email\" and be required"
            .formatted(name));
    Require.that(
        field.rows() == null || property.isMultiline(),
        "fields.%s.rows is for texts that may have several lines (\"maxLength\" over 255)"
            .formatted(name));
    var values = values(property);
    Require.that(
        property.isScale()
            ? values.containsAll(field.options().keySet())
            : values.equals(field.options().keySet()),
        "fields.%s.options has %s, but the schema's values are %s"
            .formatted(name, new TreeSet<>(field.options().keySet()), values));
    Require.that(
        !field.hidden() || isHideable(property, name, schema, field),
        "fields.%s.hidden is for a field that is not required, has no section, is not sensitive, and takes one value of one line: nobody is asked for it, or can put it right"
            .formatted(name));
    Require.that(
        !field.prefill() || isPrefillable(property, name, field),
        "fields.%s.prefill is not for the address, for sensitive fields, for boxes to tick, for texts of several lines (\"maxLength\" over 255), or for a field called \"lang\": anybody can make the address that fills it in"
            .formatted(name));
    Require.that(
        field.dates() == null || property.format() == Property.Format.DATE,
        "fields.%s.dates is for a field of the format \"date\"".formatted(name));
  }

  private static boolean isHideable(
      Property property, String name, Schema schema, Form.Field field) {
    return !schema.requires(name)
        && !property.isMultiline()
        && !property.isOfSeveral()
        && field.section() == null
        && !field.isSensitive();
  }

  private static boolean isPrefillable(Property property, String name, Form.Field field) {
    return !field.identity()
        && !field.isSensitive()
        && property.type() != Property.Type.BOOLEAN
        && !property.isMultiline()
        && !name.equals("lang");
  }

  private static Set<String> values(Property property) {
    if (property.isScale() && property.minimum() != null && property.maximum() != null) {
      return IntStream.rangeClosed(property.minimum().intValue(), property.maximum().intValue())
          .mapToObj(Integer::toString)
          .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
    return new TreeSet<>(property.choices());
  }
}
