package io.vestibule.local.corpus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What bots post: advertisements, fields by guess, nothing, and too much. */
final class Bots {

  private static final List<String> SPAM =
      List.of(
          "Buy now https://a.example/?q=1&r=2 !!!",
          "<a href=http://a.example>cheap</a>",
          "[url=http://a.example]x[/url]",
          "SEO 💯 ranking, reply STOP",
          "Re: your invoice\r\nBcc: x@c.example",
          "hi".repeat(400),
          "crypto ₿ 100x");

  private static final List<String> GUESSED =
      List.of(
          "subject",
          "website",
          "url",
          "phone2",
          "user[name]",
          "__proto__",
          "constructor",
          "name[$ne]",
          "Bcc",
          "email2",
          "id",
          "csrf",
          "<b>");

  private static final List<String> OTHER_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/x-ndjson",
          "image/png",
          "application/octet-stream",
          "x",
          "text/html; charset=utf-8");

  private Bots() {}

  static Sample next(Dice dice, String email) {
    var values =
        new HashMap<>(
            Map.of(
                "email", email, "name", dice.pick(List.of("John", "SEO Expert", "Eric Jones 🚀"))));
    values.put("message", dice.several(1, 3, () -> dice.pick(SPAM)));
    return switch (dice.below(10)) {
      case 0 -> trapped(dice, values);
      case 1 -> guessedInJson(dice, values);
      case 2 -> Sample.refused(Body.of(dice, Map.of("email", email)), "name", "message");
      case 3 -> Sample.refused(Body.of(dice.pick(OTHER_TYPES), "email=" + email));
      case 4 ->
          Sample.refused(
              Body.of(Body.URL_ENCODED, "message=" + "x".repeat(dice.between(65_536, 90_000))));
      case 5 -> consentNobodyAskedFor(dice, values);
      default -> guessedInAForm(dice, values);
    };
  }

  private static Sample trapped(Dice dice, Map<String, String> values) {
    values.put("_gotcha", dice.pick(SPAM));
    return new Sample("", Body.of(dice, values), new Sample.Expected.Held());
  }

  private static Sample guessedInJson(Dice dice, Map<String, String> values) {
    var name = dice.pick(GUESSED);
    values.put(name, "x");
    return Sample.refused(Body.of(Body.JSON, JsonTexts.write(dice, values)), name);
  }

  private static Sample consentNobodyAskedFor(Dice dice, Map<String, String> values) {
    var name = "consent." + dice.pick(List.of("all", "marketing", "newsletter"));
    values.put(name, "v" + dice.between(2, 1_000));
    return Sample.refused(Body.of(dice, values), name);
  }

  /** Whoever fills in a page can do nothing about fields that it has and the form has not. */
  private static Sample guessedInAForm(Dice dice, Map<String, String> values) {
    var typed = Map.copyOf(values);
    for (int i = dice.below(4); i > 0; i--) {
      values.put(dice.pick(GUESSED), dice.pick(SPAM));
    }
    var body =
        dice.onceIn(2)
            ? new Body(Body.URL_ENCODED, UrlEncodings.write(dice, values))
            : Multiparts.write(dice, values);
    return Samples.of(body, typed);
  }
}
