package io.vestibule.staff.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Property;
import io.vestibule.staff.roles.Role;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a role sees of a value. It is applied where the entry is opened: no page, and no message of
 * an error, ever has what a role does not see.
 */
final class Masks {

  private static final String HIDDEN = "•••";
  private static final int SHOWN_DIGITS = 3;

  private final Role role;
  private final boolean reasonIsGiven;

  Masks(Role role, boolean reasonIsGiven) {
    this.role = role;
    this.reasonIsGiven = reasonIsGiven;
  }

  /** The form's fields that the role sees as they are, by name. */
  List<String> shown(Form form) {
    return form.fields().keySet().stream().filter(name -> !masks(form, name)).toList();
  }

  /** Whether a field is masked. One that the form does not have any more may hold anything. */
  boolean masks(@Nullable Form form, String field) {
    return role.masks(reasonIsGiven) && (form == null || isPersonal(form, field));
  }

  /** What was chosen from a list tells nobody's name, but everything else may. */
  private static boolean isPersonal(Form form, String field) {
    if (!form.fields().containsKey(field)) {
      return true;
    }
    var property = form.schema().property(field);
    return property.choices().isEmpty()
        && !property.isScale()
        && property.type() != Property.Type.BOOLEAN;
  }

  /** A value as the role sees it. */
  String apply(@Nullable Form form, String field, JsonNode value) {
    var text = value.isTextual() ? value.textValue() : value.toString();
    return masks(form, field) ? mask(form, field, text) : text;
  }

  private static String mask(@Nullable Form form, String field, String text) {
    Form.@Nullable Field shown = form == null ? null : form.fields().get(field);
    if (form == null || shown == null) {
      return HIDDEN;
    }
    if (form.schema().property(field).format() == Property.Format.EMAIL) {
      return address(text);
    }
    return shown.autocomplete().startsWith("tel") ? lastDigits(text) : HIDDEN;
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
        ? Character.toString(text.strip().codePointAt(0))
            + HIDDEN
            + text.strip().substring(text.strip().lastIndexOf('@'))
        : HIDDEN;
  }
}
