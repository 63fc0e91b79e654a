package io.vestibule.local.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON as no library writes it, and what is no JSON. */
final class JsonTexts {

  private static final List<String> SPACE = List.of("", "", "", " ", "\n", "\t", "\r\n", "  ");

  /** What makes of a good object, given without its closing brace, a bad one. */
  private static final List<String> BROKEN =
      List.of(
          "",
          ",}",
          "]",
          "}}",
          "} x",
          "} {}",
          ",\"x\"}",
          ",\"x\":}",
          ",\"x\" 1}",
          ",x:1}",
          ",'x':1}",
          ",\"x\":01}",
          ",\"x\":+1}",
          ",\"x\":.5}",
          ",\"x\":1.}",
          ",\"x\":1e}",
          ",\"x\":0x1}",
          ",\"x\":NaN}",
          ",\"x\":-Infinity}",
          ",\"x\":True}",
          ",\"x\":nul}",
          ",\"x\":\"\\x41\"}",
          ",\"x\":\"\\u12\"}",
          ",\"x\":\"\n\"}",
          ",\"x\":\"\t\"}",
          ",\"x\":\"}",
          ",\"x\":[1,]}",
          ",\"x\":[,1]}",
          ",\"x\":[1 2]}",
          ",\"x\":{1:2}}",
          ",/* x */\"x\":1}",
          ",\"x\":1 // x\n}",
          ",,\"x\":1}",
          ",\"name\":\"Ada\"}",
          "}\u0000",
          ",\"x\":\"\u0000\"}",
          ",\"x\":[[[}",
          ";}",
          ",\"x\":1,}",
          ",\"\\ud800");

  /** Types that no control has. */
  private static final List<String> OTHER_TYPES =
      List.of("1", "-0.5e3", "true", "{}", "[]", "[\"a\"]", "{\"a\":[{}]}");

  private JsonTexts() {}

  static Sample next(Dice dice, String email) {
    var values =
        new HashMap<>(
            Map.of("email", email, "name", Texts.line(dice), "message", Texts.message(dice)));
    return switch (dice.below(4)) {
      case 0 -> broken(dice, values);
      case 1 -> otherType(dice, values);
      default -> Samples.of(Body.of(Body.JSON, write(dice, values)), values);
    };
  }

  private static Sample broken(Dice dice, Map<String, String> values) {
    values.put("name", "Zoë");
    values.put("message", "Hello");
    var good = write(dice, values);
    return Sample.refused(
        switch (dice.below(10)) {
          case 0 -> new Body(Body.JSON, good.replaceAll("\\\\u00[eE][bB]", "ë").getBytes(UTF_16));
          case 1 ->
              new Body(
                  Body.JSON,
                  ("{\"name\":\"Zoë\"," + good.substring(good.indexOf('{') + 1))
                      .getBytes(ISO_8859_1));
          case 2 ->
              Body.of(Body.JSON, good.substring(0, dice.between(1, good.lastIndexOf('}') - 1)));
          case 3 -> Body.of(Body.JSON, "[".repeat(dice.between(1, 5_000)));
          default ->
              Body.of(Body.JSON, good.substring(0, good.lastIndexOf('}')) + dice.pick(BROKEN));
        });
  }

  private static Sample otherType(Dice dice, Map<String, String> values) {
    values.put("message", "Hello");
    values.remove("name");
    var good = write(dice, values);
    var name = ",\"name\":" + dice.pick(OTHER_TYPES) + "}";
    return Sample.refused(
        Body.of(Body.JSON, good.substring(0, good.lastIndexOf('}')) + name), "name");
  }

  /** An object of texts, with escapes where none is needed, and white space. */
  static String write(Dice dice, Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            it ->
                text(dice, it.getKey())
                    + space(dice)
                    + ":"
                    + space(dice)
                    + text(dice, it.getValue()))
        .collect(
            Collectors.joining(
                space(dice) + "," + space(dice), space(dice) + "{", "}" + space(dice)));
  }

  private static String space(Dice dice) {
    return dice.pick(SPACE);
  }

  private static String text(Dice dice, String text) {
    return text.codePoints()
        .mapToObj(character -> character(dice, character))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String character(Dice dice, int character) {
    var text = Character.toString(character);
    boolean isOdd =
        Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    if (isOdd || dice.onceIn(10)) {
      return text.chars()
          .mapToObj(it -> (dice.onceIn(2) ? "\\u%04x" : "\\u%04X").formatted(it))
          .collect(Collectors.joining());
    }
    return switch (character) {
      case '"', '\\' -> "\\" + text;
      case '/' -> dice.onceIn(2) ? "\\/" : "/";
      default -> text;
    };
  }
}
