package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;

/**
 * What a partner is asked.
 *
 * @param path below the partner's own address
 * @param query as it came, without the question mark
 * @param headers by names in lower case
 */
public record PartnerCall(
    String method, String path, String query, Map<String, String> headers, byte[] body) {

  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  Map<String, String> parameters() {
    return pairs(query);
  }

  Map<String, String> form() {
    return pairs(new String(body, UTF_8));
  }

  private static Map<String, String> pairs(String text) {
    var pairs = new HashMap<String, String>();
    for (String pair : text.split("&", -1)) {
      var parts = pair.split("=", 2);
      if (parts.length == 2) {
        pairs.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return pairs;
  }
}
