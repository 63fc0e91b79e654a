package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sensitive field has a consent of its own, or a ground, or there is no such form. */
class SensitiveFieldsTest {

  private static final String PHONE = "\"autocomplete\": \"tel\"";
  private static final String CONSENT = "\"version\": \"v1\"";
  private static final String SENSITIVE = PHONE + ", \"sensitivity\": \"sensitive\"";

  private static final String AFTER_ILL =
      "\"allOf\": [{\"if\": {\"properties\": {\"ill\": {\"const\": true}}, \"required\": [\"ill\"]},"
          + " \"then\": {\"properties\": {\"phone\": true}}}], ";
  private static final String ILL =
      "\"ill\": {\"label\": {\"en\": \"Ill\", \"zh\": \"病\", \"de\": \"Krank\"}, \"autocomplete\": \"off\","
          + " \"sensitivity\": \"sensitive\"}, ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SENSITIVE | | fields.phone is sensitive: name it in the \"fields\" of one of the consents",
        "'SENSITIVE, \"ground\": \"a claim\"' | ', \"fields\": [\"phone\"]' | and not both",
        "PHONE | ', \"fields\": [\"phone\"]' | consents.newsletter.fields has \"phone\": only a field",
        "PHONE | ', \"fields\": [\"fax\"]' | consents.newsletter.fields has \"fax\": only a field",
        "'PHONE, \"ground\": \"a claim\"' | | fields.phone.ground is for fields with",
        "'SENSITIVE, \"purposes\": [\"gifts\"]' | ', \"fields\": [\"phone\"]' | fields.phone.purposes must be [\"marketing\"]",
        "'SENSITIVE, \"importance\": \"key\"' | ', \"fields\": [\"phone\"]' | its importance must be \"normal\"",
        "'PHONE, \"sensitivity\": \"secret\"' | | Sensitivity",
      })
  void aFormThatMayNotAskForItFailsWithASentence(String phone, String consent, String sentence)
      throws IOException {
    var definition = definition(phone, consent == null ? "" : consent);

    assertThatThrownBy(() -> read(definition)).hasMessageContaining(sentence);
  }

  @Test
  void whatIsRequiredHangsOnNoConsentThatMayBeRefused() throws IOException {
    var definition =
        definition("SENSITIVE", ", \"fields\": [\"phone\"]")
            .replace("\"name\", \"message\"]", "\"name\", \"message\", \"phone\"]");

    assertThatThrownBy(() -> read(definition))
        .hasMessageContaining("schema.required has \"phone\", which hangs on a consent");
    assertThat(
            read(definition.replace(CONSENT, CONSENT + ", \"required\": true"))
                .isSensitive("phone"))
        .isTrue();
  }

  @Test
  void theIdentityIsNeverSensitive() throws IOException {
    var definition =
        Definitions.text("contact")
            .replace(
                "\"identity\": true",
                "\"identity\": true, \"sensitivity\": \"sensitive\", \"ground\": \"a claim\"");

    assertThatThrownBy(() -> read(definition)).hasMessageContaining("fields.email is the identity");
  }

  /** That the one is filled in tells what was answered in the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | '' | false",
        "'\"sensitivity\": \"sensitive\", \"ground\": \"a claim\",' | '' | false",
        "'\"sensitivity\": \"sensitive\",' | ', \"phone\"' | true",
      })
  void whatIsAskedAfterASensitiveAnswerHangsOnTheSameConsent(
      String phone, String hanging, boolean isRight) throws IOException {
    var definition =
        Definitions.text("contact")
            .replace(
                "\"phone\": {\"type\"", "\"ill\": {\"type\": \"boolean\"}, \"phone\": {\"type\"")
            .replace("\"required\": [", AFTER_ILL + "\"required\": [")
            .replace("\"phone\": {\"label\"", ILL + "\"phone\": {" + phone + "\"label\"")
            .replace(CONSENT, CONSENT + ", \"fields\": [\"ill\"%s]".formatted(hanging));

    if (isRight) {
      assertThat(read(definition).consentOf("phone")).contains("newsletter");
    } else {
      assertThatThrownBy(() -> read(definition))
          .hasMessageContaining("fields.phone is asked only after an answer in ill");
    }
  }

  @Test
  void aConsentOrAGroundIsEnough() throws IOException {
    var byConsent = read(definition("SENSITIVE", ", \"fields\": [\"phone\"]"));
    var byGround = read(definition("SENSITIVE, \"ground\": \"GDPR, article 9(2)(h)\"", ""));

    assertThat(byConsent.consentOf("phone")).contains("newsletter");
    assertThat(byConsent.consentOf("name")).isEmpty();
    assertThat(byGround.consentOf("phone")).isEmpty();
    assertThat(byGround.isSensitive("phone")).isTrue();
  }

  private static String definition(String phone, String consent) throws IOException {
    var words = phone.replace("SENSITIVE", SENSITIVE).replace("PHONE", PHONE);
    return Definitions.text("contact").replace(PHONE, words).replace(CONSENT, CONSENT + consent);
  }

  private static Form read(String definition) throws IOException {
    var bytes = definition.getBytes(StandardCharsets.UTF_8);
    return new Forms().read("contact", new ByteArrayInputStream(bytes));
  }
}
