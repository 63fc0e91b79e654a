package io.vestibule.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the parameters of a header such as {@code form-data; name="a"} (RFC 9110 section 5.6.6):
 * their names in lower case, and of two with one name the first.
 */
final class Parameters {

  private final String header;
  private int at;

  private Parameters(String header) {
    this.header = header;
  }

  static Map<String, String> of(String header) {
    return new Parameters(header).read();
  }

  private Map<String, String> read() {
    var parameters = new LinkedHashMap<String, String>();
    until(";");
    while (at < header.length()) {
      at++;
      String name = until("=;").strip().toLowerCase(Locale.ROOT);
      if (is('=')) {
        at++;
        parameters.putIfAbsent(name, value());
      }
    }
    return parameters;
  }

  private String value() {
    while (is(' ') || is('\t')) {
      at++;
    }
    if (!is('"')) {
      return until(";").strip();
    }
    String quoted = quoted();
    until(";");
    return quoted;
  }

  private String quoted() {
    var text = new StringBuilder();
    at++;
    while (at < header.length() && !is('"')) {
      if (is('\\') && at + 1 < header.length()) {
        at++;
      }
      text.append(header.charAt(at++));
    }
    return text.toString();
  }

  private String until(String ends) {
    int start = at;
    while (at < header.length() && ends.indexOf(header.charAt(at)) < 0) {
      at++;
    }
    return header.substring(start, at);
  }

  private boolean is(char character) {
    return at < header.length() && header.charAt(at) == character;
  }
}
