package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.DataRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code shared/forms} are right, and what is wrong with one is said. */
class DefinitionsTest {

  private final Definitions definitions = new Definitions();

  static Iterable<String> forms() throws IOException {
    return Definitions.forms();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyFormIsRight(String name) throws IOException {
    assertThat(definitions.problemsOfForm(name, Definitions.text(name))).isEmpty();
  }

  @Test
  void theBusinessIsRight() throws IOException {
    assertThat(definitions.problemsOfBusiness(Definitions.text("business"))).isEmpty();
  }

  /** A consent that cannot be withdrawn would not be one (GDPR, article 7(3)). */
  @Test
  void whatIsConsentedToAnywhereCanBeWithdrawn() throws IOException {
    var purposes = new TreeSet<>(Set.of(DataRequest.ALL_PURPOSES));
    for (String name : Definitions.forms()) {
      var form = new Forms().find(name).orElseThrow();
      form.consents().values().forEach(consent -> purposes.add(consent.purpose()));
    }
    var privacy = new Forms().find(Form.PRIVACY).orElseThrow().schema();

    assertThat(privacy.property("purpose").choices()).containsExactlyInAnyOrderElementsOf(purposes);
    assertThat(privacy.property("kind").choices())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(DataRequest.Kind.values()).map(DataRequest.Kind::code).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"tags\": [\"lead\"],' | '\"tags\": [], \"confirmed\": \"deletion\",' | contact.json: \"confirmed\" is \"deletion\" for the form privacy, and for no other",
        "'\"zh\": \"电话\", '               | ''  | contact.json: /fields/phone/label has [de, en], but /title has [de, en, zh]",
        "'\"origins\": [\"https'            | '\"origins\": [\"http' | contact.json: /origins/0: does not match the regex pattern",
        "'www.example.com\"]'               | 'www.example.com/\"]' | contact.json: /origins/0: does not match the regex pattern",
        "'[\"https://www.example.com/thanks' | '[\"/thanks' | contact.json: /next/0: does not match the regex pattern",
        "'\"maxLength\": 100, '             | '\"maxLength\": 100, \"not\": {}, ' | contact.json: schema.properties.phone uses [not], which is not supported for the type \"string\"",
        "'p{Nd}'                            | 'p{Nd}(' | contact.json: /schema/properties/phone/pattern: Unclosed group",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"phone\"' | contact.json: /fields/phone/autocomplete: does not have a value in the enumeration",
        "'\"tags\": [\"lead\"]'             | '\"tags\": [\"Lead\"]' | contact.json: /tags/0: does not match the regex pattern",
        "'\"tags\": ['                      | '\"deliver\": [\"nobody\"], \"tags\": [' | contact.json: /deliver: there is no shared/targets/nobody.json",
        "'\"PT72H\"'                        | '\"3 days\"' | contact.json: /keep/unverified: does not match the regex pattern",
        "'\"tags\": ['                      | '\"colour\": 1, \"tags\": [' | contact.json: : property 'colour' is not defined in the schema",
      })
  void aBrokenFormIsToldInASentenceWithFileAndPlace(String part, String broken, String sentence)
      throws IOException {
    String good = Definitions.text("contact");
    assertThat(good).contains(part);

    assertThat(definitions.problemsOfForm("contact", good.replace(part, broken)))
        .anyMatch(problem -> problem.startsWith(sentence));
  }

  @ParameterizedTest
  @CsvSource({
    "#1f5d4c, #8fb0a5, business.json: /accent: white on #8fb0a5 has less contrast than 4.5 : 1",
    "#1f5d4c, green, business.json: /accent: does not match the regex pattern",
    "logo.svg, none.svg, business.json: /logo: there is no shared/forms/none.svg",
    "https://www.example.com/privacy, /privacy, business.json: /privacyNotice: does not match",
  })
  void aBrokenBusinessIsToldInASentenceWithFileAndPlace(String part, String broken, String sentence)
      throws IOException {
    String good = Definitions.text("business");
    assertThat(good).contains(part);

    assertThat(definitions.problemsOfBusiness(good.replace(part, broken)))
        .anyMatch(problem -> problem.startsWith(sentence));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<svg><script>alert(1)</script></svg>             | <script> is not a shape",
        "<svg><a href='#x'/></svg>                        | <a> is not a shape",
        "<svg onload='alert(1)'/>                         | has the script onload",
        "<svg><use href='https://evil.test/#x'/></svg>    | href leads out of the drawing",
        "<svg><path fill='url(https://evil.test)'/></svg> | fill leads out of the drawing",
        "<!DOCTYPE svg><svg/>                             | is no plain SVG",
        "<svg><style>@import 'x'</style></svg>            | <style> is not a shape",
      })
  void aLogoThatDoesMoreThanBeingSeenIsRefused(String svg, String sentence, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("logo.svg"), svg.replace('\'', '"'));

    assertThat(Drawing.problems(file)).anyMatch(problem -> problem.contains(sentence));
  }

  @Test
  void whiteAndBlackAreAsFarApartAsCanBeAndAMixIsChromiums() {
    assertThat(Contrast.between("#ffffff", "#000000")).isEqualTo(21);
    assertThat(Contrast.lightened("#1f5d4c", 0.62)).isEqualTo("#a9bfb7");
  }
}
