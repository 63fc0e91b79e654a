package io.vestibule.core.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.forms.FormWords.Part;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of form has words of its own in every language, and a form may have its own. */
class FormWordsTest {

  private static final Wordings WORDINGS = new Wordings();
  private static final Map<String, String> NAMES =
      Map.of("business", "Lindenhof", "form", "F", "number", "V-7K2M9Q");

  static Stream<Wording> languages() {
    return WORDINGS.languages().stream().map(WORDINGS::of);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyKindSaysEverythingInEveryLanguage(Wording wording) throws IOException {
    for (Form.Kind kind : Form.Kind.values()) {
      var form = form("\"kind\": \"%s\",".formatted(kind.code()));
      for (Part part : Part.values()) {
        assertThat(wording.messages()).containsKey(kind.code() + "." + part.code());
        assertThat(said(form, wording, part)).isNotBlank().doesNotContain("{", "\n");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void nothingIsTwiceInTheWordingThatNobodySays(Wording wording) {
    var kinds = Stream.of(Form.Kind.values()).map(Form.Kind::code).toList();
    var parts = Stream.of(Part.values()).map(Part::code).toList();

    assertThat(wording.messages().keySet())
        .filteredOn(key -> kinds.contains(key.replaceFirst("\\..*", "")))
        .allSatisfy(key -> assertThat(parts).contains(key.replaceFirst(".*?\\.", "")));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aNewsletterIsNoMessage(Wording wording) throws IOException {
    var subjects = new TreeSet<String>();
    for (Form.Kind kind : Form.Kind.values()) {
      var form = form("\"kind\": \"%s\",".formatted(kind.code()));
      subjects.add(said(form, wording, Part.SUBJECT));
      if (kind != Form.Kind.MESSAGE) {
        for (Part part : Part.values()) {
          assertThat(said(form, wording, part)).doesNotContainPattern("message|Nachricht|留言");
        }
      }
    }
    assertThat(subjects).hasSize(Form.Kind.values().length);
  }

  @Test
  void theShippedFormsAreWhatTheyAreFor() {
    var forms = new Forms();

    assertThat(forms.find("contact").orElseThrow().kind()).isEqualTo(Form.Kind.MESSAGE);
    assertThat(forms.find("newsletter").orElseThrow().kind()).isEqualTo(Form.Kind.SIGN_UP);
    assertThat(forms.find("feedback").orElseThrow().kind()).isEqualTo(Form.Kind.FEEDBACK);
  }

  @Test
  void aFormsOwnTextComesFirstWhereItSpeaksTheLanguage() throws IOException {
    var form =
        form(
            """
            "texts": {"subject": {"en": "{form} of {business}: {number}", "zh": "{form}", "de": "{form}"},
                      "send": {"en": "Off it goes"}},""");

    assertThat(said(form, WORDINGS.of("en"), Part.SUBJECT)).isEqualTo("F of Lindenhof: V-7K2M9Q");
    assertThat(said(form, WORDINGS.of("zh-Hans"), Part.SUBJECT)).isEqualTo("F");
    assertThat(said(form, WORDINGS.of("en"), Part.SEND)).isEqualTo("Off it goes");
    assertThat(said(form, WORDINGS.of("de"), Part.SEND)).isEqualTo("Senden");
    assertThat(said(form, WORDINGS.of("en"), Part.NOTE)).contains("gets your message");
  }

  /** Somebody may post to any address: no page and no mail fails for it. */
  @Test
  void theFormForRequestsSaysEverythingToo() {
    var privacy = new Forms().find(Form.PRIVACY).orElseThrow();
    var english = WORDINGS.of("en");

    assertThat(said(privacy, english, Part.NOTE)).contains("What you ask for is done");
    assertThat(said(privacy, english, Part.THANKS)).contains("If anything is held");
    for (Part part : Part.values()) {
      assertThat(said(privacy, english, part)).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"subject\": {\"en\": \"Hello {name}\"}' | texts.subject.en has {name}: allowed are {business}, {form}, {number}",
        "'\"subject\": {\"en\": \"Hello\\r\\nBcc: all@example.com\"}' | texts.subject.en has a line break",
        "'\"subject\": {\"en\": \"Hello\\u2028you\"}' | texts.subject.en has a line break",
        "'\"thanks\": {\"en\": \"Look\", \"de\": \"{email}\"}' | texts.thanks.de has {email}: allowed are",
        "'\"confirm\": {\"en\": \"{ form }\"}' | texts.confirm.en has { form }: allowed are",
        "'\"confirm\": {\"en\": \"{form\"}' | texts.confirm.en has {: allowed are",
        "'\"note\": {\"en\": \"{number}\"}' | texts.note.en has {number}: allowed are {business}, {form} and no",
        "'\"send\": {\"en\": \"{form}\"}' | texts.send.en has {form}: no braces",
        "'\"send\": {\"en\": \" \"}' | texts.send.en is empty: leave it out",
        "'\"send\": {\"en\": \"A button that is longer than any button may be\"}' | texts.send.en has more than 40 characters",
        "'\"send\": {\"de\": \"Los\"}' | no English",
        "'\"greeting\": {\"en\": \"Hi\"}' | greeting",
      })
  void aTextThatMayNotBeSoFailsWithASentence(String texts, String sentence) throws IOException {
    var definition = definition("\"texts\": {%s},".formatted(texts));

    assertThatThrownBy(() -> read("contact", definition)).hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'\"kind\": \"feedback\"'", "'\"texts\": {\"send\": {\"en\": \"Go\"}}'"})
  void theFormForRequestsKeepsItsOwnWords(String more) throws IOException {
    var privacy = Definitions.text("privacy").replaceFirst("\"title\"", more + ", \"title\"");

    assertThatThrownBy(() -> read("privacy", privacy))
        .hasMessageContaining("\"kind\" and \"texts\" are not for the form privacy");
  }

  @Test
  void aKindThatThereIsNotFails() throws IOException {
    var definition = definition("\"kind\": \"event\",");

    assertThatThrownBy(() -> read("contact", definition)).hasMessageContaining("event");
  }

  private static String said(Form form, Wording wording, Part part) {
    var values = new HashMap<>(NAMES);
    if (Set.of(Part.FILLED).contains(part)) {
      values.put("time", "noon");
      values.put("fields", "E-mail");
    }
    return FormWords.of(form, wording).text(part, values);
  }

  private static Form form(String more) throws IOException {
    return read("contact", definition(more));
  }

  private static String definition(String more) throws IOException {
    return Definitions.text("contact")
        .replaceFirst("\"title\"", more.replace("\\", "\\\\") + " \"title\"");
  }

  private static Form read(String name, String definition) throws IOException {
    return new Forms().read(name, new ByteArrayInputStream(definition.getBytes(UTF_8)));
  }
}
