package io.vestibule.core.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Sha256;
import io.vestibule.core.wording.Localised;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that people agreed to are there for ever, whatever becomes of their form. */
class PublishedTest {

  private final Forms forms = new Forms();

  static Iterable<Published.Words> published() {
    return new Published().all();
  }

  @ParameterizedTest
  @MethodSource("published")
  void whatWasPublishedForConsentNeverChanges(Published.Words words) {
    assertThat(HexFormat.of().formatHex(Sha256.of(words.words().getBytes(UTF_8))))
        .isEqualTo(words.sha256());
  }

  /** These are the only ones that were published while forms shared their wordings. */
  @ParameterizedTest
  @CsvSource({
    "de, f703d0eadb86d80e62ba9df7e8ab6492958f119cc8f0bba8dc2749f71f177f86",
    "en, 8928041757aebfed91fe53250938a084088588caf534c94d4b541162a0acee5e",
    "zh-Hans, cb34526e6d1a818798951f43309c373d7e49a903d22c2406298d99bb3b08ea67",
  })
  void whatWasAgreedToWhenFormsSharedTheirWordingsIsFound(String language, String sha256) {
    for (String form : new String[] {"contact", "newsletter", "a-form-that-is-gone"}) {
      assertThat(forms.agreed(form, "newsletter", "v1"))
          .as(form)
          .map(words -> words.in(language))
          .map(words -> HexFormat.of().formatHex(Sha256.of(words.getBytes(UTF_8))))
          .hasValue(sha256);
    }
  }

  @Test
  void aPageFromBeforeMaySayTheVersionThatWasReplaced() throws IOException {
    Form changed = contact("\"version\": \"v1\"", "\"version\": \"v2\"", "Yes, send", "Do send");

    assertThat(in(changed.words("newsletter", "v2"))).startsWith("Do send me");
    assertThat(in(changed.words("newsletter", "v1"))).startsWith("Yes, send me");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0", "v2", "", "v1 "})
  void whatWasNeverPublishedHasNoWords(String version) {
    Form form = forms.find("contact").orElseThrow();

    assertThat(form.words("newsletter", version)).isEmpty();
    assertThat(form.words("nothing", "v1")).isEmpty();
    assertThat(forms.agreed("contact", "newsletter", version)).isEmpty();
  }

  @Test
  void anotherFormMaySayTheSameVersionInWordsOfItsOwn() throws IOException {
    String other = text("Yes, send", "Gladly, send");
    Form event = forms.read("event", new ByteArrayInputStream(other.getBytes(UTF_8)));

    assertThat(in(event.words("newsletter", "v1"))).startsWith("Gladly, send me");
    assertThat(in(forms.agreed("contact", "newsletter", "v1"))).startsWith("Yes, send me");
  }

  /** Only what a form itself published may be posted to it. */
  @Test
  void wordsThatFormsSharedAreNotOfferedByAFormThatNeverHadThem() throws IOException {
    String other = text("\"version\": \"v1\"", "\"version\": \"v2\"");
    Form event = forms.read("event", new ByteArrayInputStream(other.getBytes(UTF_8)));

    assertThat(event.words("newsletter", "v1")).isEmpty();
  }

  private Form contact(String... replacements) throws IOException {
    return forms.read("contact", new ByteArrayInputStream(text(replacements).getBytes(UTF_8)));
  }

  private static String text(String... replacements) throws IOException {
    String text = Definitions.text("contact");
    for (int at = 0; at < replacements.length; at += 2) {
      assertThat(text).contains(replacements[at]);
      text = text.replace(replacements[at], replacements[at + 1]);
    }
    return text;
  }

  private static String in(Optional<Localised> words) {
    return words.orElseThrow().in("en");
  }
}
