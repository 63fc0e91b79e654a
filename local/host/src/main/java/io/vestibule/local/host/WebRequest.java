package io.vestibule.local.host;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A request as it came over the wire; nothing is decoded or normalised.
 *
 * @param path the target up to the question mark
 * @param query what follows it; empty if nothing does
 * @param headers the values by name, which is in lower case
 */
record WebRequest(
    String method,
    String path,
    String query,
    String protocol,
    SortedMap<String, List<String>> headers,
    byte[] body) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
  }

  /** Undoes percent-encoding; text that is not validly encoded stays as it is. */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
