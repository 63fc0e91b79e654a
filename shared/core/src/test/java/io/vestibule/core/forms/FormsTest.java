package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  private String version(String definition) throws IOException {
    var bytes = definition.getBytes(StandardCharsets.UTF_8);
    return forms.read("contact", new ByteArrayInputStream(bytes)).version();
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
        "'\"class\": \"identity\", '       | ''                    | exactly one field must be of class",
        "'\"phone\": {\"type\"'            | '\"fax\": {\"type\"'  | schema.properties.fax is not shown",
        "'\"tags\"'                        | '\"colour\": 1, \"tags\"' | colour",
        "'\"tags\"'                        | '\"proofOfWork\": {}, \"tags\"' | maxNumber",
        "'\"tags\"'                        | '\"proofOfWork\": {\"maxNumber\": 999}, \"tags\"' | from 1,000",
        "'\"PT72H\"'                       | '\"three days\"'      | Duration",
        "'\"PT72H\"'                       | '\"P15D\"'            | must be 44 days together, at most",
        "'\"en\": \"Contact us\", '        | ''                    | no English",
        "', \"class\": \"identity\"'        | ', \"rows\": 3'         | exactly one field must be of class",
        "'\"format\": \"email\", '           | ''                    | must have the format",
        "'[\"email\", \"name\"'             | '[\"name\"'            | and be required",
        "'[\"email\", \"name\"'             | '[\"mail\"'            | schema.required names [mail",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"integer\"}' | company is a number and needs a minimum and a maximum",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"array\"}' | company has the type \"array\", which is not supported",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"string\", \"format\": \"ipv4\"}' | company has the format \"ipv4\", which is not supported",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"string\", \"enum\": [\"a\"]}' | fields.company.options has [], but the schema's values are [a]",
        "'{\"type\": \"string\", \"maxLength\": 100}' | '{\"type\": \"string\", \"const\": \"a\"}' | company uses [const], which is not supported",
        "'\"type\": \"object\",'            | '\"type\": \"object\", \"allOf\": [],' | schema uses [allOf], not supported",
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
