package io.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

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

  /**
   * Decodes one name or value, of one character a byte. A percent sign that no two digits follow is
   * a percent sign.
   */
  private static String decode(String encoded) throws UnreadableBody {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int at = 0; at < encoded.length(); at++) {
      char character = encoded.charAt(at);
      if (character == '%' && isDigit(encoded, at + 1) && isDigit(encoded, at + 2)) {
        bytes.write(HexFormat.fromHexDigits(encoded, at + 1, at + 3));
        at += 2;
      } else {
        bytes.write(character == '+' ? ' ' : character);
      }
    }
    return Utf8.decode(bytes.toByteArray());
  }

  private static boolean isDigit(String encoded, int at) {
    return at < encoded.length() && HexFormat.isHexDigit(encoded.charAt(at));
  }
}
