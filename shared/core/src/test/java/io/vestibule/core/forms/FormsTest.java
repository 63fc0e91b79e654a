package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

  private final Forms forms = new Forms();

  @Test
  void aFormHasAnotherVersionIfItsRulesChangeAndOnlyThen() throws IOException {
    var text = Definitions.text("contact");
    var version = version(text);

    assertThat(version).matches("[A-Za-z0-9_-]{16}");
    assertThat(version(text.replace("Contact us", "Write to us"))).isEqualTo(version);
    assertThat(
            version(
                text.replace(
                    "\"minLength\": 1, \"maxLength\": 100}",
                    "\"maxLength\": 100, \"minLength\": 1}")))
        .isEqualTo(version);
    assertThat(version(text.replace("5000", "4000"))).isNotEqualTo(version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"minLength\": 1, \"maxLength\": 100' | '\"minLength\": 2, \"maxLength\": 100'",
        "'[\"email\", \"name\"'                | '[\"email\", \"phone\"'",
        "'\"purpose\": \"marketing\"'          | '\"purpose\": \"research\"'",
        "'\"v1\"'                              | '\"v2\"'",
        "'\"newsletter\"'                      | '\"letters\"'",
        "'\"tel\"'                             | '\"off\"'",
      })
  void everyRuleIsPartOfTheVersion(String rule, String changed) throws IOException {
    var text = Definitions.text("contact");
    assertThat(text).contains(rule);

    assertThat(name(text.replace(rule, changed))).isNotEqualTo(name(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"title\": 1",
        "\"kind\": \"feedback\"",
        "\"texts\": {}",
        "\"closed\": true",
        "\"closes\": \"2027-01-31\"",
        "\"deliver\": []",
        "\"keep\": {}",
        "\"fields\": {\"name\": {\"label\": 1, \"help\": 2, \"section\": 3, \"options\": 4}}",
      })
  void whatDecidesNothingIsNoPartOfTheVersion(String member) throws IOException {
    assertThat(name("{\"fields\": {\"name\": {}}, " + member + "}"))
        .isEqualTo(name("{\"fields\": {\"name\": {}}}"));
  }

  /** A version too many does no harm; one too few lets a row be judged by rules of another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"extra\": \"drop\"",
        "\"nobodyKnows\": 1",
        "\"fields\": {\"name\": {\"hidden\": true}}",
        "\"fields\": {\"name\": {\"identity\": true}}",
        "\"fields\": {\"name\": {\"sensitivity\": \"sensitive\"}}",
        "\"fields\": {\"name\": {\"ground\": \"a claim\"}}",
        "\"consents\": {\"news\": {\"version\": \"v2\", \"wording\": {\"en\": \"Yes\"}}}",
      })
  void whatIsNotKnownToDecideNothingCountsAsARule(String member) throws IOException {
    assertThat(name("{\"fields\": {\"name\": {}}, " + member + "}"))
        .isNotEqualTo(name("{\"fields\": {\"name\": {}}}"));
  }

  @Test
  void theWordsOfAConsentAreKnownByTheirVersion() throws IOException {
    assertThat(
            name("{\"consents\": {\"news\": {\"version\": \"v1\", \"wording\": {\"en\": \"A\"}}}}"))
        .isEqualTo(
            name(
                "{\"consents\": {\"news\": {\"version\": \"v1\", \"wording\": {\"en\": \"B\"}}}}"));
  }

  private static String name(String definition) throws IOException {
    return DecidingRules.name(Json.MAPPER.readTree(definition));
  }

  private String version(String definition) throws IOException {
    var bytes = definition.getBytes(StandardCharsets.UTF_8);
    return forms.read("contact", new ByteArrayInputStream(bytes)).version();
  }

  /** Rows name it for ever, and the format of forms may change. */
  @Test
  void theNameOfAVersionIsThatOfItsFile() throws IOException {
    var former = Definitions.text("contact").replace("5000", "4000");
    var changed =
        new Forms(
            path ->
                switch (path) {
                  case "versions/contact/AAAAAAAAAAAAAAAA.json" -> bytes(former);
                  case "contact.json" -> bytes(Definitions.text("contact"));
                  default -> null;
                });

    var version = changed.find("contact", "AAAAAAAAAAAAAAAA").orElseThrow();

    assertThat(version(former)).isNotEqualTo("AAAAAAAAAAAAAAAA");
    assertThat(version.version()).isEqualTo("AAAAAAAAAAAAAAAA");
    assertThat(version.sealedVersion().name()).isEqualTo("AAAAAAAAAAAAAAAA");
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"additionalProperties\": false' | '\"title\": \"\"'     | \"additionalProperties\": false",
        "'\"identity\": true, '       | ''                    | exactly one field must have",
        "'\"phone\": {\"type\"'            | '\"fax\": {\"type\"'  | schema.properties.fax is not shown",
        "'\"tags\"'                        | '\"colour\": 1, \"tags\"' | colour",
        "'\"proofOfWork\": \"auto\"'         | '\"proofOfWork\": {}' | maxNumber",
        "'\"proofOfWork\": \"auto\"'         | '\"proofOfWork\": {\"maxNumber\": 999}' | from 1,000",
        "'\"PT72H\"'                       | '\"three days\"'      | Duration",
        "'\"PT72H\"'                       | '\"P15D\"'            | must be 44 days together, at most",
        "'\"en\": \"Contact us\", '        | ''                    | no English",
        "', \"identity\": true'        | ', \"rows\": 3'         | exactly one field must have",
        "'\"format\": \"email\", '           | ''                    | must have the format",
        "'[\"email\", \"name\"'             | '[\"name\"'            | and be required",
        "'[\"email\", \"name\"'             | '[\"mail\"'            | schema.required names [mail",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"integer\"}' | company is a number and needs a minimum and a maximum",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"object\"}' | company has the type \"object\", which is not supported",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"array\", \"items\": {\"enum\": [\"a\"]}}' | company is an array: it needs \"items\"",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"array\", \"uniqueItems\": true, \"items\": {\"type\": \"string\"}}' | company is an array: it needs \"items\"",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"array\", \"uniqueItems\": true, \"items\": {\"enum\": [\"a\"]}}' | fields.company.options has [], but the schema's values are [a]",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"string\", \"format\": \"ipv4\"}' | company has the format \"ipv4\", which is not supported",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"string\", \"enum\": [\"a\"]}' | fields.company.options has [], but the schema's values are [a]",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"string\", \"const\": \"a\"}' | company uses [const], which is not supported",
        "'\"type\": \"object\",'            | '\"type\": \"object\", \"allOf\": [],' | schema.allOf must be a list",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"tel\", \"dates\": {\"from\": \"today\"}' | fields.phone.dates is for a field of the format \"date\"",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"tel\", \"dates\": {}' | \"dates\" needs \"from\", \"to\", or both",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"tel\", \"dates\": {\"from\": \"today\", \"to\": \"today-P1D\"}' | \"from\" must not be after \"to\"",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"tel\", \"dates\": {\"to\": \"soon\"}' | allowed are days such as",
        "'\"autocomplete\": \"name\"'       | '\"autocomplete\": \"name\", \"hidden\": true' | fields.name.hidden is for a field that is not required",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"tel\", \"hidden\": true, \"section\": {\"en\": \"S\"}' | fields.phone.hidden is for a field that is not required",
        "'\"autocomplete\": \"email\"'      | '\"autocomplete\": \"email\", \"prefill\": true' | fields.email.prefill is not for the address",
        "'Nachricht\"}, \"autocomplete\"'     | 'Nachricht\"}, \"prefill\": true, \"autocomplete\"' | fields.message.prefill is not for the address",
        "'\"autocomplete\": \"tel\"'        | '\"autocomplete\": \"tel\", \"rows\": 3' | fields.phone.rows is for texts",
      })
  void aBrokenDefinitionFailsWithASentence(String part, String broken, String sentence)
      throws IOException {
    String good = Definitions.text("contact");
    assertThat(good).contains(part);
    byte[] bad = good.replace(part, broken).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> forms.read("contact", new ByteArrayInputStream(bad)))
        .hasMessageContaining(sentence);
  }
}
