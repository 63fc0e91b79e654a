package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.vestibule.core.wording.Wordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

  private static final Path FOLDER = Path.of("../forms");

  private final Forms forms = new Forms();
  private final Wordings wordings = new Wordings();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "business",
        "",
        "Contact",
        "contact.json",
        "../forms/contact",
        "../wording/en",
        "contact/",
        "contact\u0000",
        "contact\n",
        "a23456789012345678901234567890123456789012",
      })
  void whatIsNotTheNameOfAFormFindsNone(String name) {
    assertThat(forms.find(name)).isEmpty();
  }

  @Test
  void everyDefinitionIsWholeInEveryLanguage() throws IOException {
    for (String name : definitions()) {
      Form form = forms.find(name).orElseThrow();
      for (String language : wordings.languages()) {
        assertThat(form.title().speaks(language)).as("%s: title, %s", name, language).isTrue();
        form.fields()
            .forEach(
                (field, shown) ->
                    assertThat(shown.label().speaks(language))
                        .as("%s: label of %s, %s", name, field, language)
                        .isTrue());
        form.consents()
            .forEach(
                (consent, asked) ->
                    assertThat(wordings.of(language).consent(consent, asked.wording()))
                        .as("%s: consent %s, %s", name, consent, language)
                        .isPresent());
      }
    }
  }

  @Test
  void everySchemaIsOneOfTheStandardsOwn() throws IOException {
    var metaSchema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    for (String name : definitions()) {
      var definition =
          JsonMapper.builder().build().readTree(FOLDER.resolve(name + ".json").toFile());
      assertThat(metaSchema.validate(definition.get("schema"))).as(name).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"additionalProperties\": false' | '\"title\": \"\"'     | \"additionalProperties\": false",
        "'\"class\": \"identity\", '       | ''                    | exactly one field must be of class",
        "'\"phone\": {\"type\"'            | '\"fax\": {\"type\"'  | but the schema has",
        "'\"tags\"'                        | '\"colour\": 1, \"tags\"' | colour",
        "'\"tags\"'                        | '\"proofOfWork\": {}, \"tags\"' | maxNumber",
        "'\"tags\"'                        | '\"proofOfWork\": {\"maxNumber\": 999}, \"tags\"' | from 1,000",
        "'\"PT72H\"'                       | '\"three days\"'      | Duration",
        "'\"en\": \"Contact us\", '        | ''                    | no English",
      })
  void aBrokenDefinitionFailsWithASentence(String part, String broken, String sentence)
      throws IOException {
    String good = Files.readString(FOLDER.resolve("contact.json"));
    assertThat(good).contains(part);
    byte[] bad = good.replace(part, broken).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> forms.read("contact", new ByteArrayInputStream(bad)))
        .hasMessageContaining(sentence);
  }

  @Test
  void theBusinessHasAnAccentThatWhiteTextCanBeReadOn() {
    Business business = Business.load();

    assertThat(contrastWithWhite(business.accent())).isGreaterThanOrEqualTo(4.5);
    for (String language : wordings.languages()) {
      assertThat(business.name().speaks(language)).isTrue();
      assertThat(business.postalAddress().speaks(language)).isTrue();
    }
  }

  /** WCAG 2.2, "contrast ratio". */
  private static double contrastWithWhite(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    double luminance =
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    return 1.05 / (luminance + 0.05);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static List<String> definitions() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .filter(name -> !name.equals("business"))
          .sorted()
          .toList();
    }
  }
}
