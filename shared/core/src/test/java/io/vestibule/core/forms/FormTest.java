package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

  private final Form form = new Forms().find("contact").orElseThrow();
  private final Wording english = new Wordings().of("en");

  @Test
  void aCompleteEntryIsAcceptedTrimmedAndComposed() throws JsonProcessingException {
    var accepted =
        accepted(
            """
            {"email": " Ada@Example.com ", "name": "  Zoe\u0308 ", "company": "", "phone": null,
             "message": "one\\r\\ntwo\\n", "consent.newsletter": "v1", "_lang": "zh", "_gotcha": ""}
            """);

    assertThat(accepted.fields())
        .isEqualTo(json("{'email': 'Ada@Example.com', 'name': 'Zoë', 'message': 'one\\ntwo'}"));
    assertThat(accepted.consents()).isEqualTo(Map.of("newsletter", "v1"));
    assertThat(form.address(accepted.fields()))
        .map(EmailAddress::normalised)
        .hasValue("ada@example.com");
  }

  @Test
  void anUncheckedConsentIsNoConsent() throws JsonProcessingException {
    assertThat(accepted(VALID).consents()).isEmpty();
    assertThat(accepted(with("'consent.newsletter': ''")).consents()).isEmpty();
  }

  @Test
  void everythingWrongIsSaidAtOnceInTheOrderOfTheForm() throws JsonProcessingException {
    assertThat(
            errors(
                """
                {'is/it~': 1, 'message': '  ', 'email': 'ada', 'phone': 'none', 'company': 7,
                 'consent.newsletter': 'v0', 'consent.other': 'v1', '_replyto': 'x'}
                """))
        .containsExactly(
            new FieldError("/email", english.text("field.email")),
            new FieldError("/name", english.text("field.required")),
            new FieldError("/company", english.text("field.type")),
            new FieldError("/phone", english.text("field.phone")),
            new FieldError("/message", english.text("field.required")),
            new FieldError("/is~1it~0", english.text("field.undeclared")),
            new FieldError("/_replyto", english.text("field.undeclared")),
            new FieldError("/consent.newsletter", english.text("field.consent-version")),
            new FieldError("/consent.other", english.text("field.consent")));
  }

  @Test
  void errorsAreWordedInThePersonsLanguage() throws JsonProcessingException {
    var chinese = new Wordings().of("zh-Hans");
    Checked checked = form.check(Entry.of(json("{}")), chinese, Instant.EPOCH);

    assertThat(((Checked.Rejected) checked).errors())
        .extracting(FieldError::detail)
        .containsOnly("请填写此项。");
  }

  @Test
  void lengthsAreCountedInCharactersAndTheLimitIsTold() throws JsonProcessingException {
    String hundred = "𠮷".repeat(100);

    assertThat(accepted(with("'name': '%s'".formatted(hundred))).fields().get("name").textValue())
        .isEqualTo(hundred);
    assertThat(errors(with("'name': '%s𠮷'".formatted(hundred))))
        .containsExactly(new FieldError("/name", "Please enter at most 100 characters."));
  }

  @ParameterizedTest
  @CsvSource({
    "NUL in a name, \\u0000",
    "half a surrogate pair, \\ud800",
    "the other half, \\udc00",
    "a header in a name and more, \\r\\nBcc: x@example.com\\u0001",
    "an escape, a\\u001bb",
    "a C1 control, a\\u0085b",
  })
  void charactersThatBelongInNoNameAreRefused(String what, String escaped)
      throws JsonProcessingException {
    assertThat(errors(with("'name': 'x%sx'".formatted(escaped))))
        .as(what)
        .containsExactly(new FieldError("/name", english.text("field.characters")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ada\\r\\nBcc: x@example.com", "a\\nb", "a\\r\\r\\nb"})
  void aNameHasOneLine(String escaped) throws JsonProcessingException {
    assertThat(errors(with("'name': '%s'".formatted(escaped))))
        .containsExactly(new FieldError("/name", english.text("field.one-line")));
  }

  /** A number that nobody can call is less of a loss than the message that it came with. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+49 30 1234567",
        "020 7946 0018 x123",
        "+1 (555) 010-0199 ext. 5",
        "０３－１２３４－５６７８",
        "٠١٢٣٤٥٦٧",
        "०१२३",
        "110",
        "+49 30 1234567 (after 18:00)",
        "tel:+33 1 99 00 00 00",
      })
  void aPhoneNumberIsKeptAsItWasTyped(String phone) throws JsonProcessingException {
    assertThat(accepted(with("'phone': '%s'".formatted(phone))).fields().get("phone").textValue())
        .isEqualTo(phone);
  }

  @Test
  void aMessageMayHaveLinesButNoOtherControls() throws JsonProcessingException {
    assertThat(accepted(with("'message': 'a\\n\\tb'")).fields().get("message").textValue())
        .isEqualTo("a\n\tb");
    assertThat(errors(with("'message': 'a\\u0000b'"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "right-to-left override, Ada\\u202etxt.exe, Adatxt.exe",
    "isolates, \\u2066Ada\\u2069, Ada",
    "marks, \\u200eAda\\u200f\\u061c, Ada",
    "zero width space, A\\u200bda, Ada",
    "byte order mark, \\ufeffAda, Ada",
    "soft hyphen, A\\u00adda, Ada",
    "tags that hide text, Ada\\udb40\\udc41\\udb40\\udc42, Ada",
    "a space that was behind one, Ada \\u200b, Ada",
  })
  void charactersThatNobodySeesAreTakenOut(String what, String posted, String kept)
      throws JsonProcessingException {
    assertThat(accepted(with("'name': '%s'".formatted(posted))).fields().get("name").textValue())
        .as(what)
        .isEqualTo(kept);
    assertThat(
            accepted(with("'message': '%s'".formatted(posted))).fields().get("message").textValue())
        .as(what)
        .isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "می\u200cخواهم",
        "ක්\u200dර",
        "\ud83d\udc69\u200d\ud83d\udcbb",
        "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f",
        "\ud83c\uddec\ud83c\udde7 \u2764\ufe0f",
        "\u0600\u0661",
      })
  void joinersEmojiAndSignsThatAreSeenAreKept(String name) throws JsonProcessingException {
    assertThat(accepted(with("'name': '%s'".formatted(name))).fields().get("name").textValue())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202e",
        "\u200b \ufeff",
        "\u200d\u200c",
        "\u00a0",
        "\u3000\u2007\u202f",
        "\u3164",
        "\uffa0\u115f\u1160",
        "\u2800\u2800",
        "\ufe0f",
        "\u034f\u17b4\u180e",
        "\udb40\udd00",
        "\u2065\u00a0\u200c",
      })
  void aNameOfWhichNothingIsSeenIsNotFilledIn(String name) throws JsonProcessingException {
    assertThat(errors(with("'name': '%s'".formatted(name))))
        .containsExactly(new FieldError("/name", english.text("field.required")));
  }

  @ParameterizedTest
  @CsvSource({
    "a no-break space, \\u00a0",
    "a narrow one, \\u202f",
    "a space as wide as a figure, \\u2007",
    "an ideographic space, \\u3000",
    "a separator of lines, \\u2028",
    "next line, \\u0085",
    "a zero width no-break space, \\ufeff",
    "more than one, \\u00a0 \\u200b\\u3000",
  })
  void whiteSpaceAroundAValueIsUnicodes(String what, String space) throws JsonProcessingException {
    var spaced =
        "{'email': '%1$sada@example.com%1$s', 'name': '%1$sA%2$sd%1$s', 'message': '%1$sx%1$s'}"
            .formatted(space, "\u00a0");

    assertThat(accepted(spaced).fields())
        .as(what)
        .isEqualTo(json("{'email': 'ada@example.com', 'name': 'A\u00a0d', 'message': 'x'}"));
  }

  @Test
  void lineBreaksOfWordProcessorsAreSome() throws JsonProcessingException {
    var pasted =
        accepted(
            with(
                "'message': 'one\\u000btwo\\fthree\\u2028four\\u2029five\\u000b',"
                    + " 'company': '\\u000bA\\u000bB\\u2028C\\f'"));

    assertThat(pasted.fields().get("message").textValue()).isEqualTo("one\ntwo\nthree\nfour\nfive");
    assertThat(pasted.fields().get("company").textValue()).isEqualTo("A B C");
    assertThat(Entry.of(json("{'message': 'one\\u000btwo\\u0000'}")).typed("message"))
        .isEqualTo("one\ntwo\ufffd");
  }

  @ParameterizedTest
  @CsvSource({
    "ada%example.net@example.com, field.email-routed",
    "example.net!ada@example.com, field.email-routed",
    "ada@xn--a.example, field.email-punycode",
    "阿达@example.com, field.email-letters",
    "ada@example, field.email-nowhere",
  })
  void anAddressIsRefusedWithASentenceThatNamesTheCause(String email, String key)
      throws JsonProcessingException {
    assertThat(errors(with("'email': '%s'".formatted(email))))
        .containsExactly(new FieldError("/email", english.text(key)));
  }

  /** Such were taken once, and are customers' now. */
  @ParameterizedTest
  @ValueSource(strings = {"ada%example.net@example.com", "ada@xn--a.example"})
  void anAddressThatIsRefusedNowCanStillAskAboutItsData(String email)
      throws JsonProcessingException {
    var privacy = new Forms().find(Form.PRIVACY).orElseThrow();
    var entry = json("{'email': '%s', 'kind': 'access'}".formatted(email));

    assertThat(privacy.check(Entry.of(entry), english, Instant.EPOCH))
        .isInstanceOf(Checked.Accepted.class);
  }

  @Test
  void aRightToLeftNameAndMarkupAreKeptAsTheyAre() throws JsonProcessingException {
    String name = "عائشة <b>${7*7}</b> @param {{x}}";

    assertThat(accepted(with("'name': '%s'".formatted(name))).fields().get("name").textValue())
        .isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"1e999", "12345678901234567890", "true", "{}", "[]", "'[\"a@example.com\"]'"})
  void valuesOfOtherTypesAreProblemsNotFailures(String value) throws JsonProcessingException {
    assertThat(errors(with("'name': " + value)))
        .containsExactly(new FieldError("/name", english.text("field.type")));
    assertThat(errors(with("'email': " + value))).hasSize(1);
    assertThat(errors(with("'consent.newsletter': " + value))).hasSize(1);
  }

  @Test
  void namesOfUnknownFieldsComeBackPrintableAndAtMostAHundredOfThem() {
    ObjectNode many = JsonMapper.builder().build().createObjectNode();
    for (int i = 0; i < 1000; i++) {
      many.put("\ud800\u0000" + i, "x");
    }
    Checked checked = form.check(Entry.of(many), english, Instant.EPOCH);

    assertThat(((Checked.Rejected) checked).errors())
        .hasSize(100)
        .contains(new FieldError("/\ufffd\ufffd0", english.text("field.undeclared")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.example.com/thanks",
        "https://www.example.com/thanks?",
        "https://www.example.com/thanks?utm_source=a&x[]=%20b/c?d",
      })
  void aListedPageMayHaveAQueryOfItsOwn(String address) {
    assertThat(form.sendsOnTo(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?",
        "/thanks",
        "https://www.example.com/thanks/",
        "https://www.example.com/thanks#a",
        "https://www.example.com/thanks?a#b",
        "https://www.example.com/thanks?a\r\nSet-Cookie: b=c",
        "https://www.example.com/thanks?a b",
        "https://www.example.com/thanks?a\"><script>",
        "https://www.example.com/thanks?é",
        "https://www.example.com/?https://www.example.com/thanks",
        "https://www.example.com.evil.example/thanks?a",
        "https://evil.example/?https://www.example.com/thanks",
      })
  void nobodyIsSentOnToAnythingElse(String address) {
    assertThat(form.sendsOnTo(address)).isFalse();
  }

  @Test
  void theDefinitionIsReadAsItStands() {
    assertThat(form.name()).isEqualTo("contact");
    assertThat(form.title().in("zh-Hans")).isEqualTo("联系我们");
    assertThat(form.title().in("fr")).isEqualTo("Contact us");
    assertThat(form.fields().keySet())
        .containsExactly("email", "name", "company", "phone", "message");
    assertThat(form.schema().requires("name")).isTrue();
    assertThat(form.schema().requires("phone")).isFalse();
    assertThat(form.schema().property("message").isMultiline()).isTrue();
    assertThat(form.schema().property("email").isMultiline()).isFalse();
    assertThat(form.keep().unverified()).isEqualTo(Duration.ofDays(3));
  }

  private static final String VALID =
      "{'email': 'ada@example.com', 'name': 'Ada', 'message': 'Hello'}";

  /** The valid entry with one more member, or another value for one. */
  private static String with(String member) {
    return VALID.replace("}", ", " + member + "}");
  }

  private Checked.Accepted accepted(String entry) throws JsonProcessingException {
    Checked checked = form.check(Entry.of(json(entry)), english, Instant.EPOCH);
    assertThat(checked).isInstanceOf(Checked.Accepted.class);
    return (Checked.Accepted) checked;
  }

  private List<FieldError> errors(String entry) throws JsonProcessingException {
    Checked checked = form.check(Entry.of(json(entry)), english, Instant.EPOCH);
    assertThat(checked).isInstanceOf(Checked.Rejected.class);
    return ((Checked.Rejected) checked).errors();
  }

  private static ObjectNode json(String text) throws JsonProcessingException {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
        .build()
        .readValue(text, ObjectNode.class);
  }
}
