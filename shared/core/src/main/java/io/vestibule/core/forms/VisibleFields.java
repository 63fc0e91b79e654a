package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values without the characters that nobody sees. A field of which nothing can be seen was not
 * filled in.
 */
final class VisibleFields {

  private final Schema schema;

  private VisibleFields(Schema schema) {
    this.schema = schema;
  }

  static ObjectNode of(Form form, ObjectNode fields) {
    return new VisibleFields(form.schema()).of(fields);
  }

  private ObjectNode of(ObjectNode fields) {
    var visible = fields.objectNode();
    fields.forEachEntry(
        (name, value) -> {
          switch (value) {
            case TextNode text ->
                visible(text, hasLines(name)).ifPresent(it -> visible.set(name, it));
            case ArrayNode list when isOfSeveral(name) ->
                chosen(name, list).ifPresent(it -> visible.set(name, it));
            default -> visible.set(name, value);
          }
        });
    return visible;
  }

  private static Optional<JsonNode> visible(TextNode text, boolean lines) {
    return Optional.of(Characters.visible(text.textValue(), lines))
        .filter(seen -> !seen.isEmpty())
        .map(TextNode::valueOf);
  }

  /**
   * In the form's order, as the order in which boxes are ticked says nothing. More than there are
   * to choose from is refused, so nothing is put in order then: it may be tens of thousands.
   */
  private Optional<JsonNode> chosen(String field, ArrayNode list) {
    var order = schema.property(field).choices();
    var seen =
        list.valueStream()
            .flatMap(
                item ->
                    item instanceof TextNode text ? visible(text, false).stream() : Stream.of(item))
            .toList();
    var chosen = list.arrayNode();
    if (seen.size() > order.size()) {
      chosen.addAll(seen);
    } else {
      seen.stream()
          .sorted(Comparator.comparingInt(item -> order.indexOf(item.asText())))
          .forEach(chosen::add);
    }
    return chosen.isEmpty() ? Optional.empty() : Optional.of(chosen);
  }

  private boolean isOfSeveral(String field) {
    Property property = schema.properties().get(field);
    return property != null && property.isOfSeveral();
  }

  private boolean hasLines(String field) {
    Property property = schema.properties().get(field);
    return property != null && property.isMultiline();
  }
}
