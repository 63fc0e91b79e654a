package io.vestibule.local.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Bodies of forms, as the URL standard reads them and as few write them. */
final class UrlEncodings {

  private static final List<String> NOTHING =
      List.of("", "&", "&&", "=&", "utm_source=x&", "_x=1&", "go=Send&", "&&=&");

  /** Bytes that are no UTF-8. */
  private static final List<String> NO_TEXT =
      List.of("%ff", "%c0%80", "%ed%a0%80", "%e2%82", "%f5%80%80%80", "%80");

  private UrlEncodings() {}

  static Sample next(Dice dice, String email) {
    var values =
        new HashMap<>(
            Map.of("email", email, "name", Texts.line(dice), "message", Texts.message(dice)));
    if (dice.onceIn(4)) {
      values.put(
          "message", dice.pick(List.of("100% sure", "%", "%%2a", "a=b;c", "%zz %4", "?&#x;", "+")));
    }
    if (dice.onceIn(8)) {
      var broken = new String(write(dice, values), UTF_8) + "&company=" + dice.pick(NO_TEXT);
      return Sample.refused(Body.of(Body.URL_ENCODED, broken));
    }
    var type = dice.pick(List.of("", ";charset=UTF-8", "; charset=utf8", "; charset=\"utf-8\""));
    return Samples.of(new Body(Body.URL_ENCODED + type, write(dice, values)), values);
  }

  static byte[] write(Dice dice, Map<String, String> values) {
    return values.entrySet().stream()
        .map(it -> encode(dice, it.getKey()) + "=" + encode(dice, it.getValue()))
        .collect(Collectors.joining("&", dice.pick(NOTHING), ""))
        .getBytes(UTF_8);
  }

  private static String encode(Dice dice, String text) {
    var encoded = new StringBuilder();
    var characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int character = characters[i];
      boolean isPlain =
          switch (character) {
            case '&', '+', '%', '=', '#' -> character == '%' && isNoEscape(characters, i);
            default -> character >= ' ' && character != ' ';
          };
      if (character == ' ' && dice.onceIn(2)) {
        encoded.append('+');
      } else if (isPlain && !dice.onceIn(8)) {
        encoded.appendCodePoint(character);
      } else {
        escape(dice, encoded, character);
      }
    }
    return encoded.toString();
  }

  private static boolean isNoEscape(int[] characters, int at) {
    return at + 1 >= characters.length
        || (Character.digit(characters[at + 1], 16) < 0 && characters[at + 1] != '%');
  }

  private static void escape(Dice dice, StringBuilder encoded, int character) {
    for (byte octet : Character.toString(character).getBytes(UTF_8)) {
      encoded.append((dice.onceIn(2) ? "%%%02x" : "%%%02X").formatted(octet & 0xFF));
    }
  }
}
