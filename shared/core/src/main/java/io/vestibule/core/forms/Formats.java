package io.vestibule.core.forms;

import io.vestibule.core.EmailAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** What the formats of JSON Schema mean here; the standard leaves it open. */
final class Formats {

  /** A link that staff will press some day: nothing that runs or reads files. */
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private Formats() {}

  static boolean fits(Property.Format format, String text) {
    return switch (format) {
      case EMAIL -> EmailAddress.parse(text).isPresent();
      case DATE -> isDate(text);
      case URI -> isWebAddress(text);
    };
  }

  /** RFC 3339, full-date, of a year with four digits; it is what a browser's date field sends. */
  private static boolean isDate(String text) {
    try {
      return text.length() == 10 && LocalDate.parse(text).getYear() > 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      var uri = new URI(text);
      return uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getRawAuthority() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
