package io.vestibule.core.wording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingsTest {

  private final Wordings wordings = new Wordings();

  @ParameterizedTest
  @CsvSource({
    "zh-Hans, en, zh-Hans",
    "zh, en, zh-Hans",
    "ZH-cn, en, zh-Hans",
    "en-GB, zh, en",
    ", zh-CN;q=0.9, zh-Hans",
    ", 'fr, zh-CN;q=0.3, en;q=0.8', en",
    ", 'fr, zh-CN;q=0.8, en;q=0.3', zh-Hans",
    ", fr, en",
    "fr, zh, zh-Hans",
    "de-AT, en, de",
    "../../etc/passwd, zh, zh-Hans",
    "de_DE, '*', de",
    "zh_CN, '*', zh-Hans",
    "zh_Hans_CN.UTF-8, de, zh-Hans",
    "de_AT@euro, '*', de",
    "de., zh, de",
    "DE_, zh, de",
    "_, zh, zh-Hans",
    "'<script>', ';;q=x', en",
    ", '*', en",
    ", , en",
  })
  void theLanguageIsWhatWasAskedForElseWhatTheBrowserAccepts(
      String asked, String accepted, String expected) {
    assertThat(wordings.choose(Optional.ofNullable(asked), Optional.ofNullable(accepted)))
        .isEqualTo(expected);
  }

  /** The JDK's parser would take minutes for the first. */
  @Test
  void whatIsLongerThanAnyBrowserSendsIsNotEvenRead() {
    var endless = Optional.of("a" + "-a".repeat(5_000));

    assertThat(wordings.choose(endless, Optional.of("zh"))).isEqualTo("zh-Hans");
    assertThat(wordings.choose(Optional.of("zh," + "fr,".repeat(100) + "fr"), endless))
        .isEqualTo("en");
  }

  @Test
  void everyLanguageSaysTheSameThingsWithTheSamePlaceholders() {
    var english = placeholders(wordings.of("en"));

    assertThat(wordings.languages()).contains("de", "en", "zh-Hans");
    for (String language : wordings.languages()) {
      assertThat(placeholders(wordings.of(language))).as(language).isEqualTo(english);
      assertThat(versions(wordings.of(language)))
          .as(language)
          .isEqualTo(versions(wordings.of("en")));
    }
  }

  /**
   * A consent is kept as a name and a version: the words must stay what they were when somebody
   * agreed to them.
   */
  @Test
  void whatWasPublishedForConsentNeverChanges() throws IOException {
    var file = Path.of("../wording/published.sha256");
    var published = new TreeMap<String, String>();
    for (String line : Files.readAllLines(file)) {
      published.put(line.substring(66), line.substring(0, 64));
    }
    var now = new TreeMap<String, String>();
    for (String language : wordings.languages()) {
      wordings
          .of(language)
          .consents()
          .forEach(
              (name, versions) ->
                  versions.forEach(
                      (version, text) ->
                          now.put(
                              "%s %s %s".formatted(name, version, language),
                              HexFormat.of().formatHex(Sha256.of(text.getBytes(UTF_8))))));
    }

    assertThat(now)
        .as("published wordings stay as they are: add a version, and its line to " + file)
        .isEqualTo(published);
  }

  @Test
  void valuesAreTakenAsTheyAre() {
    assertThat(
            wordings.of("en").text("form.error", Map.of("label", "$1 {detail}\\", "detail", "x")))
        .isEqualTo("$1 {detail}\\: x");
  }

  @Test
  void aMissingMessageOrValueIsNamed() {
    Wording english = wordings.of("en");

    assertThatThrownBy(() -> english.text("no.such")).hasMessageContaining("no.such");
    assertThatThrownBy(() -> english.text("form.error", Map.of("label", "x")))
        .hasMessageContaining("detail");
  }

  @Test
  void onlyPublishedVersionsOfAConsentHaveAWording() {
    Wording english = wordings.of("en");

    assertThat(english.consent("newsletter", "v1")).isPresent();
    assertThat(english.consent("newsletter", "v0")).isEmpty();
    assertThat(english.consent("nothing", "v1")).isEmpty();
  }

  private static Map<String, Set<String>> placeholders(Wording wording) {
    var found = new TreeMap<String, Set<String>>();
    wording
        .messages()
        .forEach(
            (key, text) ->
                found.put(
                    key,
                    Pattern.compile("\\{[^}]*}")
                        .matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll)));
    return found;
  }

  private static Map<String, Set<String>> versions(Wording wording) {
    var found = new TreeMap<String, Set<String>>();
    wording.consents().forEach((name, texts) -> found.put(name, new TreeSet<>(texts.keySet())));
    return found;
  }
}
