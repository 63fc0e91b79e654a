package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.wording.Wording;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies a form's rules to one entry and words what is wrong for the person. */
final class Rules {

  /** Nobody reads more; without it, a body full of wrong names would get an answer as long. */
  private static final int MOST_ERRORS = 100;

  private final Form form;
  private final Wording wording;
  private final Instant at;
  private final Map<String, FieldError> errors = new LinkedHashMap<>();

  /**
   * The rules of a form.
   *
   * @param at when the entry came, by which a date is early or late
   */
  Rules(Form form, Wording wording, Instant at) {
    this.form = form;
    this.wording = wording;
    this.at = at;
  }

  Checked check(Entry entry) {
    var fields = VisibleFields.of(form, entry.fields());
    form.schema().validate(fields).forEach(this::addBroken);
    fields.forEachEntry(this::checkCharacters);
    Faults.unfit(form, fields).forEach((field, format) -> add(field, wording.text(key(format))));
    Faults.untimely(form, fields, at).forEach((field, breach) -> add(field, text(breach)));
    entry.consents().forEach(this::checkConsent);
    form.consents()
        .forEach(
            (name, consent) -> {
              checkGiven(name, consent, entry);
              consent.fields().stream()
                  .filter(field -> fields.has(field) && !entry.agrees(name))
                  .forEach(field -> addHanging(name, field));
            });
    return errors.isEmpty()
        ? new Checked.Accepted(fields, agreed(entry.consents()))
        : new Checked.Rejected(inOrderOfTheForm());
  }

  private boolean hasLines(String field) {
    Property property = form.schema().properties().get(field);
    return property != null && property.isMultiline();
  }

  /** Of a list each item may be broken, and a body has room for tens of thousands. */
  private void addBroken(ValidationMessage broken) {
    String field =
        switch (broken.getType()) {
          case "required", "additionalProperties" -> broken.getProperty();
          default -> broken.getInstanceLocation().getName(0);
        };
    if (!errors.containsKey(field)) {
      add(field, message(field, broken));
    }
  }

  private String message(String field, ValidationMessage broken) {
    JsonNode limit = broken.getSchemaNode();
    return switch (broken.getType()) {
      case "required" -> wording.text(missing(form.schema().property(field)));
      case "additionalProperties" -> wording.text("field.undeclared");
      case "type" -> wording.text(mistyped(form.schema().properties().get(field)));
      case "pattern" -> wording.text(isPhone(field) ? "field.phone" : "field.pattern");
      case "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems" ->
          wording.text("field." + broken.getType(), Map.of("limit", limit.asText()));
      case "enum" -> wording.text("field.enum", Map.of("limit", choices(field, limit)));
      default -> wording.text("field.invalid");
    };
  }

  private boolean isPhone(String field) {
    return Objects.requireNonNull(form.fields().get(field)).autocomplete().equals("tel");
  }

  private static String missing(Property property) {
    if (property.type() == Property.Type.BOOLEAN) {
      return "field.tick";
    }
    if (property.isOfSeveral()) {
      return "field.choose-some";
    }
    return property.choices().isEmpty() && !property.isScale() ? "field.required" : "field.choose";
  }

  private static String mistyped(@Nullable Property property) {
    return switch (property) {
      case Property(var type, _, _, _, _, _) when type == Property.Type.INTEGER -> "field.integer";
      case Property(var type, _, _, _, _, _) when type == Property.Type.NUMBER -> "field.number";
      case null, default -> "field.type";
    };
  }

  private static String key(Property.Format format) {
    return switch (format) {
      case EMAIL -> "field.email";
      case DATE -> "field.date";
      case URI -> "field.url";
    };
  }

  private String text(Dates.Breach breach) {
    var day =
        DateTimeFormatter.ofPattern(
            wording.text("mail.date"), Locale.forLanguageTag(wording.language()));
    return switch (breach) {
      case Dates.Breach.Early(var from) ->
          wording.text("field.date-early", Map.of("limit", day.format(from)));
      case Dates.Breach.Late(var to) ->
          wording.text("field.date-late", Map.of("limit", day.format(to)));
    };
  }

  private static String key(EmailAddress.Refusal refusal) {
    return switch (refusal) {
      case NOT_ONE -> "field.email";
      case TOO_LONG -> "field.email-long";
      case ROUTED -> "field.email-routed";
      case LETTERS -> "field.email-letters";
      case NOWHERE -> "field.email-nowhere";
      case NO_DOMAIN -> "field.email-punycode";
    };
  }

  /** Named as on the page, for people; a program knows the names from the schema. */
  private String choices(String field, JsonNode limit) {
    var options = Objects.requireNonNull(form.fields().get(field)).options();
    var choices = new ArrayList<String>();
    limit.forEach(
        choice ->
            choices.add(
                Objects.requireNonNull(options.get(choice.asText())).in(wording.language())));
    return String.join(", ", choices);
  }

  private void checkCharacters(String field, JsonNode value) {
    Property property = form.schema().properties().get(field);
    if (property != null && property.format() == Property.Format.EMAIL && value.isTextual()) {
      refusal(value.textValue()).ifPresent(why -> add(field, wording.text(key(why))));
    }
    if (value.isTextual() && !Characters.areFit(value.textValue(), hasLines(field))) {
      boolean isOfLines = Characters.areFit(value.textValue(), true);
      add(field, wording.text(isOfLines ? "field.one-line" : "field.characters"));
    }
  }

  /** Of a customer's own address nothing is refused but what cannot be read. */
  private Optional<EmailAddress.Refusal> refusal(String address) {
    return form.confirmed() == Destination.DELETION
        ? EmailAddress.unreadable(address)
        : EmailAddress.refusal(address);
  }

  /** Any published version counts: it is what the person saw, on a page that may be older. */
  private void checkConsent(String name, JsonNode version) {
    if (!form.consents().containsKey(name)) {
      add(Entry.CONSENT + name, wording.text("field.consent"));
    } else if (!version.isTextual() || form.words(name, version.textValue()).isEmpty()) {
      add(Entry.CONSENT + name, wording.text("field.consent-version"));
    }
  }

  private void checkGiven(String name, Form.Consent consent, Entry entry) {
    if (consent.required() && !entry.agrees(name)) {
      add(Entry.CONSENT + name, wording.text("field.consent-required"));
    }
  }

  /**
   * The page of the mail could not ask for it, and the value would be dropped there. Nobody is to
   * think that it was kept.
   */
  private void addHanging(String consent, String field) {
    var label = Objects.requireNonNull(form.fields().get(field)).label().in(wording.language());
    add(Entry.CONSENT + consent, wording.text("field.consent-hanging", Map.of("label", label)));
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
