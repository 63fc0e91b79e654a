package io.vestibule.web;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A Content-Type (RFC 9110 section 8.3.1): its name in lower case, and its parameters. */
record MediaType(String name, Map<String, String> parameters) {

  /** The labels of UTF-8 (WHATWG Encoding, section 4.2). */
  private static final Set<String> UTF_8 =
      Set.of(
          "utf-8",
          "utf8",
          "unicode-1-1-utf-8",
          "unicode11utf8",
          "unicode20utf8",
          "x-unicode20utf8");

  /** What a request says that its body is. */
  static MediaType of(Request request) {
    return parse(request.header("content-type").orElse(""));
  }

  static MediaType parse(String header) {
    String name = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return new MediaType(name, Parameters.of(header));
  }

  /** A parameter, or an empty text. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Whether the text is in UTF-8, as it is unless something else is said. */
  boolean isUtf8() {
    String charset = parameter("charset");
    return charset.isEmpty() || UTF_8.contains(charset.toLowerCase(Locale.ROOT));
  }
}
