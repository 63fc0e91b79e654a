package io.vestibule.core.wording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    }
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
}
