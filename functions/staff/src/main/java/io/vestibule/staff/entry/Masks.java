package io.vestibule.staff.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Form.Sensitivity;
import io.vestibule.core.forms.Property;
import io.vestibule.staff.roles.Role;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a role sees of the values of an entry. It is applied where the entry is opened: no page, and
 * no message of an error, ever has what a role does not see.
 */
public final class Masks {

  private static final String HIDDEN = "•••";

  /** Stands for a field that no known form has; no field is called so. */
  private static final String ANY = "*";

  private static final int SHOWN_DIGITS = 3;

  private final List<Form> forms;
  private final Role role;
  private final boolean reasonIsGiven;
  private final String language;

  /**
   * Masks for an entry.
   *
   * @param forms the entry's form, as it was when the entry was handed in, and as it is now; those
   *     that are known. The stricter one decides
   * @param language in which choices are told
   */
  public Masks(List<Form> forms, Role role, boolean reasonIsGiven, String language) {
    this.forms = List.copyOf(forms);
    this.role = role;
    this.reasonIsGiven = reasonIsGiven;
    this.language = language;
  }

  /**
   * The fields that the role sees as they are, by name. {@code *} is among them if the role would
   * see what no known form has, too: which fields that is, nobody knows before the entry is open.
   */
  public List<String> shown() {
    var known = forms.stream().flatMap(form -> form.fields().keySet().stream()).distinct();
    return Stream.concat(known, Stream.of(ANY)).filter(name -> !masks(name)).toList();
  }

  /** Whether a field is masked. One that no form has any more may hold anything. */
  public boolean masks(String field) {
    return role.masks(sensitivity(field), reasonIsGiven);
  }

  private Sensitivity sensitivity(String field) {
    return forms.stream()
        .map(form -> form.fields().get(field))
        .filter(Objects::nonNull)
        .map(Form.Field::sensitivity)
        .max(Comparator.naturalOrder())
        .orElse(Sensitivity.SENSITIVE);
  }

  /** A value as the role sees it. */
  public String apply(String field, JsonNode value) {
    var form = forms.stream().filter(it -> it.fields().containsKey(field)).findFirst();
    var text =
        form.map(it -> it.fields().get(field))
            .map(it -> it.shown(value, language))
            .orElseGet(() -> Form.Field.plain(value));
    return masks(field) ? form.map(it -> mask(it, field, text)).orElse(HIDDEN) : text;
  }

  /** Of what is sensitive, now or then, nothing is left. */
  private String mask(Form form, String field, String text) {
    if (sensitivity(field) == Sensitivity.SENSITIVE) {
      return HIDDEN;
    }
    if (form.schema().property(field).format() == Property.Format.EMAIL) {
      return address(text.strip());
    }
    return Optional.ofNullable(form.fields().get(field))
        .filter(it -> it.autocomplete().startsWith("tel"))
        .map(_ -> lastDigits(text))
        .orElse(HIDDEN);
  }

  private static String lastDigits(String text) {
    var digits =
        text.codePoints()
            .filter(Character::isDigit)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return digits.length() <= 2 * SHOWN_DIGITS
        ? HIDDEN
        : HIDDEN + digits.substring(digits.length() - SHOWN_DIGITS);
  }

  /** {@code a•••@example.com}: enough to see which of two it is, and too little to write to it. */
  private static String address(String text) {
    return EmailAddress.parse(text).isPresent()
        ? Character.toString(text.codePointAt(0)) + HIDDEN + text.substring(text.lastIndexOf('@'))
        : HIDDEN;
  }
}
