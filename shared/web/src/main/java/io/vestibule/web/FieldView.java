package io.vestibule.web;

import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Property;
import io.vestibule.core.wording.Localised;
import io.vestibule.core.wording.Wording;
import java.math.BigDecimal;
import java.util.List;
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
 * @param ends what the first and the last step of a scale mean, if that is said
 */
public record FieldView(
    String name,
    Control control,
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
    CHECKBOXES;

    static Control of(Property property) {
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
   * One thing to choose.
   *
   * @param id the field's for the first: that is where a link to the field leads
   */
  public record Option(String id, String value, String label, boolean chosen) {}

  static FieldView of(
      Form form, String name, Wording wording, Entry entry, @Nullable String error) {
    Form.Field field = Objects.requireNonNull(form.fields().get(name));
    Property property = form.schema().property(name);
    String language = wording.language();
    return new FieldView(
        name,
        Control.of(property),
        field.label().in(language),
        field.help() == null ? null : field.help().in(language),
        type(property, field.autocomplete()),
        property.format() == Property.Format.EMAIL ? "email" : null,
        field.autocomplete(),
        Objects.requireNonNullElse(field.rows(), ROWS),
        plain(property.minimum()),
        plain(property.maximum()),
        switch (property.type()) {
          case INTEGER -> "1";
          case NUMBER -> "any";
          case STRING, BOOLEAN, ARRAY -> null;
        },
        form.schema().requires(name),
        entry.typed(name),
        options(property, field, name, language, entry.typedAll(name)),
        Stream.of(property.minimum(), property.maximum())
            .map(end -> field.options().get(String.valueOf(end)))
            .filter(Objects::nonNull)
            .map(text -> text.in(language))
            .toList(),
        error);
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

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }
}
