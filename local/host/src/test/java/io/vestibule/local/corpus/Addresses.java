package io.vestibule.local.corpus;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** E-mail addresses, plain and of the world's scripts, and what is none. */
final class Addresses {

  private static final String ATOM =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String MARKS = "#$&'*+-/=?^_`{|}~";

  /** Letters that old and new rules of domains map alike, so that the JDK's can be asked. */
  private static final List<String> SCRIPTS =
      List.of(
          "abcdefghijklmnopqrstuvwxyz0123456789",
          "äöüéèñçåæøœšž",
          "абвгдежзиклмнопрст",
          "αβγδεζηθικλμ",
          "例子中国香港网络公司",
          "ひらがなのらん",
          "カタカナ",
          "한국도메인",
          "คนไทย",
          "გეორგია",
          "אבגדהוזח",
          "ابتثجحخدذر");

  /** Those that they map otherwise, as any browser of today spells them. */
  private static final List<Map.Entry<String, String>> DEVIATIONS =
      List.of(
          Map.entry("straße.de", "xn--strae-oqa.de"),
          Map.entry("fußball.de", "xn--fuball-cta.de"),
          Map.entry("نامه\u200Cای.com", "xn--mgba3gch31f060k.com"),
          Map.entry("കേരളസർക്കാർ.ഭാരതം", "xn--bwcaa0ipa4a7bydycu2ae.xn--rvc1e0am3e"));

  private static final List<String> AROUND =
      List.of("", "", "", " ", "\u00A0", "\u200B", "\uFEFF", "\t", "\u3000");

  private static final List<String> NONE =
      List.of(
          "%s",
          "@",
          "@%s.example",
          "%s@",
          "%s@@b.example",
          "%s@b@c.example",
          "%s @b.example",
          "%s@b .example",
          ".%s@b.example",
          "%s.@b.example",
          "%s..x@b.example",
          "%s@.example",
          "%s@b..example",
          "%s@-b.example",
          "\"%s\"@b.example",
          "%s(x)@b.example",
          "%s@[127.0.0.1]",
          "%s@[IPv6:::1]",
          "<%s@b.example>",
          "Ada <%s@b.example>",
          "%s@b.example, x@c.example",
          "%s@b.example;x@c.example",
          "mailto:%s@b.example",
          "%s@b.example\r\nBcc: x@c.example",
          "%s@b.example\nSubject: x",
          "%s%%c.example@b.example",
          "c.example!%s@b.example",
          "%s@xn--a.example",
          "%s@b",
          "%s@b.c",
          "阿%s@b.example",
          "é%s@b.example",
          "%s@b_c.example",
          "%s\u0000@b.example",
          "\\%s@b.example",
          "%s@\u200D.example");

  private static final AtomicLong COUNT = new AtomicLong();

  private static final int LONGEST = 254;

  private Addresses() {}

  static Sample next(Dice dice, String email) {
    if (dice.onceIn(3)) {
      var none = dice.onceIn(8) ? tooLong(dice) : dice.pick(NONE).formatted(local(dice));
      var values = Map.of("email", none, "name", "Ada", "message", "Hello");
      return Sample.refused(Body.of(dice, values), "email");
    }
    // Nobody else has this one.
    var own = email.substring(0, email.indexOf('@')) + "-" + COUNT.incrementAndGet();
    var local = own + dice.character(".+-_") + local(dice);
    var domain = domain(dice);
    var typed = dice.pick(AROUND) + local + "@" + domain.getKey() + dice.pick(AROUND);
    // It is kept as it was typed, and mailed to as it is spelled.
    var kept = Documented.text(typed, false, LONGEST).orElseThrow();
    return new Sample(
        local.toLowerCase(Locale.ROOT) + "@" + domain.getValue(),
        Body.of(dice, Map.of("email", typed, "name", "Ada", "message", "Hello")),
        new Sample.Expected.Kept(Map.of("email", kept, "name", "Ada", "message", "Hello")));
  }

  private static String local(Dice dice) {
    return dice.several(1, 8, () -> dice.character(ATOM))
        + (dice.onceIn(2) ? "" : dice.character(MARKS) + dice.character(ATOM))
        + (dice.onceIn(2) ? "" : "." + dice.several(1, 4, () -> dice.character(ATOM)));
  }

  private static String tooLong(Dice dice) {
    return dice.onceIn(2)
        ? dice.several(65, 90, () -> dice.character(ATOM)) + "@b.example"
        : local(dice) + "@" + dice.several(120, 150, () -> dice.character("abc") + ".") + "example";
  }

  /** How a domain is typed, and how it is spelled. */
  private static Map.Entry<String, String> domain(Dice dice) {
    if (dice.onceIn(8)) {
      return dice.pick(DEVIATIONS);
    }
    var letters = dice.pick(SCRIPTS);
    var label = dice.several(2, 8, () -> dice.character(letters));
    var typed = label + dice.pick(List.of(".example", ".Example", ".co.example"));
    var spelled = IDN.toASCII(typed).toLowerCase(Locale.ROOT);
    return Map.entry(typed, spelled);
  }
}
