package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  private static final Pattern REFUSED_BY_FIRST_SCHEME =
      Pattern.compile("[ßẞς\u200c\u200d]|[\\s\\p{Cntrl}\"(),:;<>\\[\\]\\\\]");

  private static final EmailValidator OF_FIRST_SCHEME = JMail.strictValidator().requireAscii();

  private static final boolean EVERY_CHARACTER =
      "all".equals(System.getProperty("vestibule.characters"));

  /** Of characters that differ in their number only, a build takes one in so many. */
  private static final int ALIKE = 31;

  @ParameterizedTest
  @CsvSource({
    "' Ada@Example.COM ', ada@example.com",
    "ada+news@example.com, ada+news@example.com",
    "o'brien.x_y-z@sub.example.co.uk, o'brien.x_y-z@sub.example.co.uk",
    "li@例子.中国, li@xn--fsqu00a.xn--fiqs8s",
    "li@例子。中国, li@xn--fsqu00a.xn--fiqs8s",
    "ada@bu\u0308cher.example, ada@xn--bcher-kva.example",
    "ada@BÜCHER.example, ada@xn--bcher-kva.example",
  })
  void oneAddressHasOneSpelling(String typed, String normalised) {
    assertThat(EmailAddress.parse(typed)).map(EmailAddress::normalised).hasValue(normalised);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example.c",
        "ada@-example.com",
        "ada@exa_mple.com",
        "ada@example..com",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "ada@@example.com",
        "ada@one@example.com",
        "ada@[192.0.2.1]",
        "ada@192.0.2.1",
        "\"a da\"@example.com",
        "\"ada\"@example.com",
        "ada(comment)@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com>",
        "ada@example.com, bob@example.com",
        "ada@example.com;bob@example.com",
        "ada@example.com bob@example.com",
        "ada@example.com\r\nBcc: bob@example.com",
        "ada@example.com\nBcc:bob@example.com",
        "ada%0a@example.com\n",
        "ada\u0000@example.com",
        "ada\u2028bob@example.com",
        "ada@exam\u200dple.com",
        "ada@example.com\ud800",
        "\udc00ada@example.com",
        "@relay.example,@other.example:ada@example.com",
        "阿达@example.com",
        "adaß@example.com",
        "ada@FAẞ.example",
        "ada@\u03f2ß.example",
        "ada@\u200dfa.example",
        "ada@fa\u200cb.example",
        "ada@\u062f\u200c\u0627.example",
        "ada@\u0301\ud803\udec5.example",
        "ada@\ud83d\ude00ß.example",
        "ada@ab--ß.example",
        "ada@-ß.example",
        "ada@ß-.example",
        "ada@ß..example",
        "ada@ß_.example",
      })
  void whatIsNotExactlyOneMailableAddressIsRefused(String typed) {
    assertThat(EmailAddress.parse(typed.endsWith("\n") ? typed + "x" : typed)).isEmpty();
  }

  /** What browsers make of these domains: UTS #46, non-transitional. */
  @ParameterizedTest
  @CsvSource({
    "ada@straße.de, ada@xn--strae-oqa.de",
    "ADA@STRAßE.DE, ada@xn--strae-oqa.de",
    "ada@fußball.de, ada@xn--fuball-cta.de",
    "ada@Bücher-Straße.example, ada@xn--bcher-strae-46a18a.example",
    "ada@βόλος.com, ada@xn--nxasmm1c.com",
    "ada@ΒΌΛΟς.com, ada@xn--nxasmm1c.com",
    "ada@نامه\u200cای.com, ada@xn--mgba3gch31f060k.com",
    "ada@ශ්\u200dරී.com, ada@xn--10cl1a0b660p.com",
    "ada@കേരളസർക്കാർ.ഭാരതം, ada@xn--bwcaa0ipa4a7bydycu2ae.xn--rvc1e0am3e",
    "ada@ꭰᏹß.example, ada@xn--zca517g7ga.example",
    "ada@ß。ｅｘａｍｐｌｅ, ada@xn--zca.example",
    "ada@ßi\u0307.example, ada@xn--i-pfa17n.example",
    "ada@mail.\ud835\udd1fß.example, ada@mail.xn--b-qfa.example",
  })
  void aDomainOfTodaysLettersIsSpelledAsBrowsersSpellIt(String typed, String normalised) {
    assertThat(EmailAddress.parse(typed)).map(EmailAddress::normalised).hasValue(normalised);
    assertThat(EmailAddress.parse(normalised)).map(EmailAddress::normalised).hasValue(normalised);
    assertThat(EmailAddress.refusal(typed)).isEmpty();
  }

  /**
   * Whoever has an index has it by scheme 1: the JDK's spelling, and none where that and today's
   * rule could name two domains. Every character, by itself and within a label; what is none yet,
   * the JDK does not spell. Of private characters and plain ideographs, which are four in five, all
   * are taken with {@code -Dvestibule.characters=all}.
   */
  @Test
  @Tag("slow")
  void whoeverHasAnIndexIsFoundByIt() {
    var changed = new ArrayList<String>();
    int spelled = 0;
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (!isTaken(character)) {
        continue;
      }
      for (var label : List.of("%s", "a%sb", "例%s子")) {
        var domain = label.formatted(Character.toString(character)) + ".example";
        var first = firstScheme("ada@" + domain);
        if (first.isPresent()) {
          spelled++;
          var now = EmailAddress.parse("ada@" + domain).map(EmailAddress::normalised);
          if (!now.equals(first)) {
            changed.add(domain);
          }
        }
      }
    }

    assertThat(changed).isEmpty();
    assertThat(spelled).isGreaterThan(EVERY_CHARACTER ? 270_000 : 78_000);
  }

  private static boolean isTaken(int character) {
    return Character.isDefined(character)
        && (EVERY_CHARACTER || character % ALIKE == 0 || !isOneOfManyAlike(character));
  }

  private static boolean isOneOfManyAlike(int character) {
    return Character.getType(character) == Character.PRIVATE_USE
        || (Character.isIdeographic(character)
            && Normalizer.isNormalized(Character.toString(character), Normalizer.Form.NFKC));
  }

  /** Scheme 1 as version 1.0 had it, of addresses whose local part is plain. */
  private static Optional<String> firstScheme(String typed) {
    var address = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    if (REFUSED_BY_FIRST_SCHEME.matcher(address).find()) {
      return Optional.empty();
    }
    try {
      int at = address.lastIndexOf('@') + 1;
      var domain = IDN.toASCII(address.substring(at), IDN.USE_STD3_ASCII_RULES);
      return Optional.of(address.substring(0, at) + domain.toLowerCase(Locale.ROOT))
          .filter(OF_FIRST_SCHEME::isValid);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** An attack: such an address was answered with 503. */
  @ParameterizedTest
  @ValueSource(ints = {60, 250, 300, 700, 999, 1_000, 1_001, 5_000, 60_000})
  void anAddressInAnotherScriptThatIsTooLongIsRefusedAndNoFailure(int length) {
    for (var letter :
        List.of("ü", "例", "\ud83d\ude00", "u\u0308", "\ufb03", "\u00ad", "ß", "\ufdfaß")) {
      assertThat(EmailAddress.parse("ada@" + letter.repeat(length) + ".x")).isEmpty();
      assertThat(EmailAddress.refusal(letter.repeat(length) + "@example.com")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ada, NOT_ONE",
    "ada%example.net@example.com, ROUTED",
    "example.net!ada@example.com, ROUTED",
    "ada@xn--a.example, NO_DOMAIN",
    "ada@xn--zzzzzzzzzzzzzzz.example, NO_DOMAIN",
    "ada@xn--example-.com, NOWHERE",
    "ada@example, NOWHERE",
    "ada@exa_mple.com, NOWHERE",
    "ada@😀.example, NOWHERE",
    "阿达@example.com, LETTERS",
    "müller@example.com, LETTERS",
    "@example.com, NOT_ONE",
    "ada@@example.com, NOT_ONE",
    "a..da@example.com, NOT_ONE",
    "ada bob@example.com, NOT_ONE",
    "ada@example.com;bob@example.com, NOT_ONE",
    "ada@mail.xn--99zzzzzz.example, NO_DOMAIN",
    "ada@XN--A.example, NO_DOMAIN",
  })
  void theDoorTellsWhatIsAgainstAnAddress(String typed, EmailAddress.Refusal refusal) {
    assertThat(EmailAddress.refusal(typed)).hasValue(refusal);
  }

  @Test
  void anAddressThatIsTooLongIsToldSo() {
    String label = "d".repeat(63) + ".";
    assertThat(EmailAddress.refusal("l".repeat(65) + "@example.com"))
        .hasValue(EmailAddress.Refusal.TOO_LONG);
    assertThat(EmailAddress.refusal("x@" + label.repeat(4) + "example"))
        .hasValue(EmailAddress.Refusal.TOO_LONG);
  }

  /** fa\u00df.de, caf\u00e9, a domain of one emoji, and the two of Punycode's own standard. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@xn--fa-hia.example",
        "ada@xn--caf-dma.example",
        "ada@xn--ls8h.example",
        "ada@xn--bcher-kva.xn--fiqs8s",
        "ada@xn--ihqwcrb4cv8a8dqg056pqjye.example",
        "ada@xn--b1abfaaepdrnnbgefbadotcwatmq2g4l.example",
        "ada@bücher.example",
        "ada+news@example.com",
        "o'brien#x{y}@example.com",
      })
  void whatIsARealAddressIsTaken(String typed) {
    assertThat(EmailAddress.refusal(typed)).isEmpty();
  }

  @Test
  void whoIsACustomerByAnAddressThatIsRefusedNowIsFoundStill() {
    assertThat(EmailAddress.parse("ada%example.net@example.com")).isPresent();
    assertThat(EmailAddress.parse("ada@xn--a.example")).isPresent();
  }

  @Test
  void lengthsAreThoseOfTheStandard() {
    String label = "d".repeat(63) + ".";
    String domain = label + label + label; // 192, to be filled up to 254 together with "x@"

    assertThat(EmailAddress.parse("l".repeat(64) + "@example.com")).isPresent();
    assertThat(EmailAddress.parse("l".repeat(65) + "@example.com")).isEmpty();
    assertThat(EmailAddress.parse("x@" + domain + "d".repeat(60))).isPresent();
    assertThat(EmailAddress.parse("x@" + domain + "d".repeat(61))).isEmpty();
    assertThat(EmailAddress.parse("x@" + "d".repeat(64) + ".example")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ada+one@example.com, ada@example.com",
    "ada+one+two@example.com, ada@example.com",
    "a.d.a@example.com, a.d.a@example.com",
    "A.d.a+x@gmail.com, ada@gmail.com",
    "ada@googlemail.com, ada@gmail.com",
    "+ada@example.com, +ada@example.com",
  })
  void tagsAndIgnoredDotsReachTheSameMailbox(String typed, String mailbox) {
    assertThat(EmailAddress.parse(typed)).map(EmailAddress::mailbox).hasValue(mailbox);
  }

  @Test
  void anAddressDoesNotPrintItself() {
    assertThat(EmailAddress.parse("ada@example.com").orElseThrow().toString())
        .doesNotContain("ada", "example.com");
  }
}
