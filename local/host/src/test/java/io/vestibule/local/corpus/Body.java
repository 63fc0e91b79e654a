package io.vestibule.local.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * What is posted.
 *
 * @param type its content type
 */
public record Body(String type, byte[] bytes) {

  static final String JSON = "application/json";
  static final String URL_ENCODED = "application/x-www-form-urlencoded";

  static Body of(String type, String text) {
    return new Body(type, text.getBytes(UTF_8));
  }

  /** Values in any of the three ways in which they can be posted. */
  static Body of(Dice dice, Map<String, String> values) {
    return switch (dice.below(3)) {
      case 0 -> of(JSON, JsonTexts.write(dice, values));
      case 1 -> new Body(URL_ENCODED, UrlEncodings.write(dice, values));
      default -> Multiparts.write(dice, values);
    };
  }

  /** As it is told when a sample fails. */
  @Override
  public String toString() {
    return type + ": " + new String(bytes, UTF_8);
  }

  /** Bytes after each other. */
  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
