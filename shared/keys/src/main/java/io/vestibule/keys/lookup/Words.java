package io.vestibule.keys.lookup;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryNumber;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words as they are compared: an address as it is indexed, a telephone number in E.164, a name or a
 * company by each of its words, without marks and in lower case, and the number of an entry.
 *
 * @param region where a telephone number without a country is one, as ISO 3166 has it; ZZ if that
 *     is not known
 */
public record Words(String region) {

  private static final String UNKNOWN_REGION = "ZZ";
  private static final int LONGEST = 100;
  private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NUMBER = Pattern.compile("(?:V-?)?([0-9A-Z]{6})");

  /** Of a business, as far as it says where it is. */
  public static Words of(Optional<String> country) {
    return new Words(country.orElse(UNKNOWN_REGION));
  }

  /**
   * A word.
   *
   * @param kind what it is, as part of what is hashed
   */
  public record Word(String kind, String text) {}

  Stream<Word> address(String typed) {
    return EmailAddress.parse(typed).map(it -> new Word("email", it.normalised())).stream();
  }

  Stream<Word> phone(String typed) {
    var numbers = PhoneNumberUtil.getInstance();
    try {
      var number = numbers.parse(typed, region);
      return numbers.isPossibleNumber(number)
          ? Stream.of(new Word("phone", numbers.format(number, PhoneNumberFormat.E164)))
          : Stream.empty();
    } catch (NumberParseException e) {
      return Stream.empty();
    }
  }

  /** Of a name, or of a company. */
  Stream<Word> names(String typed) {
    var plain = MARKS.matcher(Normalizer.normalize(typed, Normalizer.Form.NFKD)).replaceAll("");
    return APART
        .splitAsStream(plain.toLowerCase(Locale.ROOT))
        .filter(it -> !it.isEmpty() && it.length() <= LONGEST)
        .map(it -> new Word("name", it));
  }

  static Word number(EntryNumber number) {
    return new Word("number", number.value());
  }

  /** What somebody looks for: all of these words are meant. Empty if it is nothing of these. */
  public List<Word> asked(String typed) {
    var text = typed.strip();
    if (text.indexOf('@') >= 0) {
      return address(text).toList();
    }
    var number = NUMBER.matcher(text.toUpperCase(Locale.ROOT));
    if (number.matches() && text.toUpperCase(Locale.ROOT).startsWith("V")) {
      return List.of(new Word("number", "V-" + number.group(1)));
    }
    boolean isPhone = text.codePoints().noneMatch(Character::isLetter);
    return (isPhone ? phone(text) : names(text)).distinct().toList();
  }
}
