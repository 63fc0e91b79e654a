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
  private static final String NUMBER_KIND = "number";
  private static final int LONGEST = 100;
  private static final Pattern APART = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NUMBER = Pattern.compile("V-?([0-9A-HJKMNP-TV-Z]{6})");

  /** Of a business, as far as it says where it is. */
  public static Words of(Optional<String> country) {
    return new Words(country.orElse(UNKNOWN_REGION));
  }

  /**
   * A word.
   *
   * @param kind what it is, as part of what is hashed
   */
  public record Word(String kind, String text) {

    /** Whether it is the number of an entry, which says nothing of a person. */
    public boolean isNumber() {
      return kind.equals(NUMBER_KIND);
    }
  }

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
    return new Word(NUMBER_KIND, number.value());
  }

  /**
   * What somebody may look for. Of each, all words are meant: a number without its hyphen may be a
   * name as well, as Vanessa is. Empty if it is nothing of these.
   */
  public List<List<Word>> asked(String typed) {
    var text = typed.strip();
    var number = NUMBER.matcher(text.toUpperCase(Locale.ROOT));
    if (!number.matches()) {
      return each(Stream.of(text(text)));
    }
    var asked = Stream.of(new Word(NUMBER_KIND, "V-" + number.group(1)));
    return each(text.indexOf('-') < 0 ? Stream.of(asked, names(text)) : Stream.of(asked));
  }

  private static List<List<Word>> each(Stream<Stream<Word>> asked) {
    return asked.map(it -> it.distinct().toList()).filter(it -> !it.isEmpty()).toList();
  }

  private Stream<Word> text(String text) {
    if (text.indexOf('@') >= 0) {
      return address(text);
    }
    boolean isPhone = text.codePoints().noneMatch(Character::isLetter);
    return isPhone ? phone(text) : names(text);
  }
}
