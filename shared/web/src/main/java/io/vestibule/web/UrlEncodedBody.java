package io.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;

/** Reads {@code application/x-www-form-urlencoded} (WHATWG URL, section 5.1), in strict UTF-8. */
final class UrlEncodedBody {

  private UrlEncodedBody() {}

  static ObjectNode read(byte[] body) throws UnreadableBody {
    var values = new FormValues();
    for (String pair : new String(body, ISO_8859_1).split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        values.add(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return values.values();
  }

  /** Through Latin-1, one character a byte: decoding UTF-8 at once would hide broken bytes. */
  private static String decode(String encoded) throws UnreadableBody {
    try {
      return Utf8.decode(URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw UnreadableBody.malformed();
    }
  }
}
