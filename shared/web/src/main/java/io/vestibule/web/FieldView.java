package io.vestibule.web;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Condition;
import io.vestibule.core.forms.Dates;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Property;
import io.vestibule.core.wording.Localised;
import io.vestibule.core.wording.Wording;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One field of a form, as its template shows it. Its name is its id, too.
 *
 * @param type of an {@code input}
 * @param inputMode which keyboard a telephone shows; null if that follows from the type
 * @param autocomplete the token by which a browser fills it in
 * @param rows the lines of a {@code textarea}
 * @param step of a number; null for everything else
 * @param options what to choose from; empty if everything can be entered
 * @param when on which condition it is asked; absent if it always is
 * @param section the heading before it, if there is one
 * @param ends what the first and the last step of a scale mean, if that is said
 */
public record FieldView(
    String name,
    Control control,
    @Nullable When when,
    @Nullable String section,
    String label,
    @Nullable String help,
    String type,
    @Nullable String inputMode,
    String autocomplete,
    int rows,
    @Nullable String minimum,
    @Nullable String maximum,
    @Nullable String step,
    boolean required,
    String value,
    List<Option> options,
    List<String> ends,
    @Nullable String error) {

  private static final int MOST_RADIO_BUTTONS = 5;
  private static final int ROWS = 6;

  /** What a field is filled in with. */
  public enum Control {
    INPUT,
    TEXTAREA,
    SELECT,
    RADIO,
    SCALE,
    CHECKBOX,
    CHECKBOXES,
    HIDDEN;

    static Control of(Property property, Form.Field field) {
      if (field.hidden()) {
        return HIDDEN;
      }
      if (property.isScale()) {
        return SCALE;
      }
      if (property.isOfSeveral()) {
        return CHECKBOXES;
      }
      if (property.type() == Property.Type.BOOLEAN) {
        return CHECKBOX;
      }
      if (!property.choices().isEmpty()) {
        return property.choices().size() > MOST_RADIO_BUTTONS ? SELECT : RADIO;
      }
      return property.isMultiline() ? TEXTAREA : INPUT;
    }
  }

  /**
   * The condition on which a field is asked.
   *
   * @param on the name of the field that decides
   * @param is the values that it must have, as they are sent, a list in JSON
   * @param text the same for people
   */
  public record When(String on, String is, String text) {

    static When of(Condition condition, Form form, Wording wording) {
      var field = Objects.requireNonNull(form.fields().get(condition.on()));
      var is = Json.MAPPER.createArrayNode();
      condition.values().forEach(value -> is.add(value.asText()));
      var label = field.label().in(wording.language());
      boolean isTick = condition.values().stream().allMatch(JsonNode::isBoolean);
      var values =
          condition.values().stream()
              .map(value -> field.shown(value, wording.language()))
              .collect(joining(", "));
      return new When(
          condition.on(),
          is.toString(),
          isTick
              ? wording.text("form.when-ticked", Map.of("label", label))
              : wording.text("form.when", Map.of("label", label, "value", values)));
    }
  }

  /**
   * One thing to choose.
   *
   * @param id the field's for the first: that is where a link to the field leads
   */
  public record Option(String id, String value, String label, boolean chosen) {}

  static FieldView of(
      Form form, String name, Wording wording, FormState state, @Nullable String error) {
    Form.Field field = Objects.requireNonNull(form.fields().get(name));
    Property property = form.schema().property(name);
    String language = wording.language();
    Entry entry = state.entry();
    var condition = form.schema().condition(name);
    return new FieldView(
        name,
        Control.of(property, field),
        condition.map(it -> When.of(it, form, wording)).orElse(null),
        in(field.section(), language),
        field.label().in(language),
        in(field.help(), language),
        type(property, field.autocomplete()),
        property.format() == Property.Format.EMAIL ? "email" : null,
        field.autocomplete(),
        Objects.requireNonNullElse(field.rows(), ROWS),
        limit(property.minimum(), field.dates() == null ? null : field.dates().from(), state),
        limit(property.maximum(), field.dates() == null ? null : field.dates().to(), state),
        switch (property.type()) {
          case INTEGER -> "1";
          case NUMBER -> "any";
          case STRING, BOOLEAN, ARRAY -> null;
        },
        form.schema().mayRequire(name),
        field.hidden() && !entry.fields().has(name) ? "" : entry.typed(name),
        options(property, field, name, language, entry.typedAll(name)),
        Stream.of(property.minimum(), property.maximum())
            .map(end -> field.options().get(String.valueOf(end)))
            .filter(Objects::nonNull)
            .map(text -> text.in(language))
            .toList(),
        error);
  }

  /** The name of the field that decides whether this one is asked; absent if none does. */
  public @Nullable String on() {
    return when == null ? null : when.on();
  }

  /** The values that it must have, a list in JSON; absent if no field decides. */
  public @Nullable String is() {
    return when == null ? null : when.is();
  }

  /** For {@code spellcheck}, and such: absent unless the value is no words. */
  public @Nullable String spelled() {
    return inputMode == null ? null : "false";
  }

  /** For {@code autocapitalize}: absent unless the value has no capitals. */
  public @Nullable String capitals() {
    return inputMode == null ? null : "none";
  }

  /** For {@code aria-invalid}: absent unless something is wrong. */
  public @Nullable String invalid() {
    return error == null ? null : "true";
  }

  /** For {@code aria-describedby}: the ids of what is said about the field; absent if nothing. */
  public @Nullable String describedBy() {
    var ids =
        Stream.of(
                when == null ? "" : name + "-when",
                help == null ? "" : name + "-help",
                ends.isEmpty() ? "" : name + "-ends",
                error == null ? "" : name + "-error")
            .filter(id -> !id.isEmpty())
            .toList();
    return ids.isEmpty() ? null : String.join(" ", ids);
  }

  private static String type(Property property, String autocomplete) {
    return switch (property.type()) {
      case INTEGER, NUMBER -> "number";
      case BOOLEAN, ARRAY -> "checkbox";
      case STRING ->
          switch (property.format()) {
            case DATE -> "date";
            case URI -> "url";
            // Not "email": browsers spell its domain anew, some as one of somebody else.
            case EMAIL -> "text";
            case null -> autocomplete.equals("tel") ? "tel" : "text";
          };
    };
  }

  private static List<Option> options(
      Property property, Form.Field field, String name, String language, List<String> chosen) {
    List<String> values = property.isScale() ? steps(property) : property.choices();
    return IntStream.range(0, values.size())
        .mapToObj(
            at -> {
              String value = values.get(at);
              Localised label = property.isScale() ? null : field.options().get(value);
              return new Option(
                  at == 0 ? name : name + "-" + at,
                  value,
                  label == null ? value : label.in(language),
                  chosen.contains(value));
            })
        .toList();
  }

  private static List<String> steps(Property property) {
    return IntStream.rangeClosed(
            Objects.requireNonNull(property.minimum()).intValue(),
            Objects.requireNonNull(property.maximum()).intValue())
        .mapToObj(Integer::toString)
        .toList();
  }

  private static @Nullable String in(@Nullable Localised text, String language) {
    return text == null ? null : text.in(language);
  }

  private static @Nullable String limit(
      @Nullable BigDecimal number, Dates.@Nullable Day day, FormState state) {
    if (number != null) {
      return number.toPlainString();
    }
    return day == null ? null : day.on(Dates.today(state.at())).toString();
  }
}
