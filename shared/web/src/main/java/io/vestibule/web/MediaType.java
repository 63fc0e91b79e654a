package io.vestibule.web;

import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.ParameterParser;

/** A Content-Type (RFC 9110 section 8.3.1): its name in lower case, and its parameters. */
record MediaType(String name, Map<String, String> parameters) {

  /** What a request says that its body is. */
  static MediaType of(Request request) {
    return parse(request.header("content-type").orElse(""));
  }

  static MediaType parse(String header) {
    String name = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return new MediaType(name, parser.parse(header, ';'));
  }

  /** A parameter, or an empty text. */
  String parameter(String name) {
    String value = parameters.get(name);
    return value == null ? "" : value;
  }

  /** Whether the text is in UTF-8, as it is unless something else is said. */
  boolean isUtf8() {
    String charset = parameter("charset");
    return charset.isEmpty() || charset.equalsIgnoreCase("utf-8");
  }
}
