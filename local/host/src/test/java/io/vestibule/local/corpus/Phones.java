package io.vestibule.local.corpus;

import java.util.List;
import java.util.Map;

/** Phone numbers as people write them down, in digits of their own and with what they add. */
final class Phones {

  private static final List<String> DIGITS =
      List.of(
          "0123456789",
          "0123456789",
          "0123456789",
          "０１２３４５６７８９",
          "٠١٢٣٤٥٦٧٨٩",
          "۰۱۲۳۴۵۶۷۸۹",
          "०१२३४५६७८९");

  private static final List<String> PREFIXES =
      List.of("", "+", "＋", "00", "011 ", "+49 (0)", "(+1) ", "tel:+", "+​44 ", "1-");

  private static final List<String> BETWEEN =
      List.of("", "", " ", "-", ".", "/", " - ", "\u00A0", "‑", "–", "(", ") ", "·");

  private static final List<String> ENDS =
      List.of(
          "",
          "",
          "",
          " x123",
          " ext. 4",
          ";ext=12",
          " #5",
          ",,99",
          " DW 0",
          " (mobil)",
          " 内線 7",
          " WhatsApp");

  private static final List<String> NONE = List.of("call me", "-", "n/a", "+", "keins", "無し");

  private Phones() {}

  static Sample next(Dice dice, String email) {
    return Samples.of(
        dice, Map.of("email", email, "name", "Ada", "message", "Call me", "phone", phone(dice)));
  }

  private static String phone(Dice dice) {
    if (dice.onceIn(12)) {
      return dice.pick(NONE);
    }
    var digits = dice.pick(DIGITS);
    return dice.pick(PREFIXES)
        + dice.several(3, 15, () -> dice.character(digits) + dice.pick(BETWEEN))
        + dice.pick(ENDS);
  }
}
