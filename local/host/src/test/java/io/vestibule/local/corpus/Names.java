package io.vestibule.local.corpus;

import java.util.List;
import java.util.Map;

/** Names as people of many languages have them: short, long, with marks, particles and titles. */
final class Names {

  private static final List<List<String>> SYLLABLES =
      List.of(
          List.of(
              "An", "na", "lo", "re", "Mi", "ka", "to", "Jo", "sé", "Zoë", "Æs", "Łu", "Ðo", "İl"),
          List.of("Ни", "ко", "ла", "Ев", "ге", "ний", "Ё", "ль"),
          List.of("Γι", "ώρ", "γος", "Ἀλ", "έξ"),
          List.of("王", "欧阳", "小", "明", "𠮷", "龘"),
          List.of("さく", "ら", "ヴィ", "ー"),
          List.of("김", "이", "남궁", "서연"),
          List.of("عب", "د", "الله", "آ", "ـ"),
          List.of("שרה", "בן", "־"),
          List.of("श्री", "क्\u200Dष", "ति"),
          List.of("ณ", "อยุธยา", "สม"),
          List.of("நா", "க", "ராஜன்"),
          List.of("ნი", "ნო"),
          List.of("Հա", "կոբ"),
          List.of("ኃይሌ", "ገብ"));

  private static final List<String> PARTICLES =
      List.of(
          " ",
          " ",
          " ",
          "-",
          "’",
          "'",
          " van der ",
          " de la ",
          " bin ",
          " Ó ",
          " d’",
          " y ",
          ", ",
          " · ",
          "・",
          " aka ",
          "\u00A0",
          "‐");

  private static final List<String> ENDS =
      List.of(
          "",
          "",
          "",
          " Jr.",
          " III",
          ", PhD",
          " (née Ó Súilleabháin)",
          " 3rd",
          ".",
          " 🙂",
          "†",
          "™");

  private static final List<String> WHOLE =
      List.of(
          "X",
          "O",
          "李",
          "Null",
          "True",
          "Test",
          "Ng",
          "O’Brien-Ní Dhomhnaill",
          "R2-D2",
          "X Æ A-12",
          "‘Ofa",
          "ʻOkina");

  private Names() {}

  static Sample next(Dice dice, String email) {
    return Samples.of(dice, Map.of("email", email, "name", name(dice), "message", "Hello"));
  }

  private static String name(Dice dice) {
    if (dice.onceIn(8)) {
      return dice.pick(WHOLE);
    }
    var syllables = dice.pick(SYLLABLES);
    int parts = dice.onceIn(10) ? 24 : 4;
    return dice.several(
            1, parts, () -> dice.several(1, 4, () -> dice.pick(syllables)) + dice.pick(PARTICLES))
        + dice.pick(syllables)
        + dice.pick(ENDS);
  }
}
