package io.vestibule.local.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bodies in parts, with all that mail's grammar allows around them. */
final class Multiparts {

  private static final String BOUNDARY =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=?";

  private static final List<String> NAMES =
      List.of(
          "Content-Disposition: form-data; name=\"%s\"",
          "content-disposition: form-data; name=\"%s\"",
          "CONTENT-DISPOSITION:form-data;name=\"%s\"",
          "Content-Disposition: form-data;\r\n name=\"%s\"",
          "Content-Disposition: form-data;\r\n\tname=\"%s\"",
          "Content-Disposition: form-data; name=%s",
          "Content-Disposition: form-data; x=y; name=\"%s\"",
          "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; name=\"%s\"",
          "Content-Disposition: form-data; name=\"%s\"\r\nX-Other: a\r\n b");

  private static final String EMPTY_FILE =
      "Content-Disposition: form-data; name=\"cv\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n";

  private Multiparts() {}

  static Sample next(Dice dice, String email) {
    var values =
        new HashMap<>(
            Map.of("email", email, "name", Texts.line(dice), "message", Texts.message(dice)));
    return switch (dice.below(8)) {
      case 0 -> Sample.refused(write(dice, values, file(Texts.line(dice))));
      case 1 -> cut(write(dice, values));
      default -> Samples.of(write(dice, values), values);
    };
  }

  private static String file(String name) {
    return "Content-Disposition: form-data; name=\"cv\"; filename=\"%s\"\r\n\r\n\u0089PNG\r\n"
        .formatted(name.replaceAll("[\"\\\\]|\\p{Cntrl}", ""));
  }

  /** Whoever sent it was cut off within the last value. */
  private static Sample cut(Body body) {
    var text = new String(body.bytes(), UTF_8);
    return Sample.refused(Body.of(body.type(), text.substring(0, text.lastIndexOf("\r\n--"))));
  }

  static Body write(Dice dice, Map<String, String> values) {
    return write(dice, values, dice.onceIn(4) ? EMPTY_FILE : "");
  }

  private static Body write(Dice dice, Map<String, String> values, String more) {
    var boundary = "-".repeat(dice.below(20)) + dice.several(1, 40, () -> dice.character(BOUNDARY));
    var delimiter = "--" + boundary;
    var body = new StringBuilder(dice.onceIn(6) ? "This is in parts.\r\n" : "");
    values.forEach(
        (name, value) ->
            body.append(delimiter + padding(dice) + "\r\n")
                .append(dice.pick(NAMES).formatted(name))
                .append("\r\n\r\n" + value + "\r\n"));
    if (!more.isEmpty()) {
      body.append(delimiter + "\r\n" + more);
    }
    body.append(delimiter + "--" + (dice.onceIn(4) ? "" : "\r\n"));
    var type = "multipart/form-data; boundary=\"" + boundary + "\"";
    return Body.of(type, body.toString());
  }

  /** White space after a boundary, which gateways may add. */
  private static String padding(Dice dice) {
    return dice.onceIn(8) ? " \t" : "";
  }
}
