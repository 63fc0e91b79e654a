package io.vestibule.staff.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Sight;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

  private static final String FORM =
      """
      {"title": {"en": "Visit"},
       "schema": {"type": "object", "properties": {
         "email": {"type": "string", "format": "email", "maxLength": 254},
         "size": {"type": "string", "enum": ["s", "l"]},
         "diet": {"type": "string", "enum": ["none", "vegan"]},
         "phone": {"type": "string", "maxLength": 100}},
         "required": ["email"], "additionalProperties": false},
       "fields": {
         "email": {"label": {"en": "E-mail"}, "identity": true, "autocomplete": "email"},
         "size": {"label": {"en": "Size"}, "sensitivity": "plain", "autocomplete": "off",
           "options": {"s": {"en": "small"}, "l": {"en": "large"}}},
         "diet": {"label": {"en": "Diet"}, "sensitivity": "sensitive", "ground": "Art. 9 (2) a",
           "autocomplete": "off", "options": {"none": {"en": "none"}, "vegan": {"en": "vegan"}}},
         "phone": {"label": {"en": "Phone"}, "sensitivity": {phone}, "autocomplete": "tel"}},
       "consents": {}, "tags": [], "origins": [], "next": [], "keep": {"unverified": "PT72H"}}
      """;

  private final Form contact = new Forms().find("contact").orElseThrow();
  private final Form visit = form("\"personal\"");

  @ParameterizedTest
  @CsvSource({
    "email, ada@example.net, a•••@example.net",
    "email, no address, •••",
    "phone, +49 30 1234567, •••567",
    "phone, 110, •••",
    "phone, 12345, •••",
    "name, Ada, •••",
    "message, ada@example.net, •••",
    "gone, anything, •••",
  })
  void aMaskLeavesSoMuch(String field, String typed, String seen) {
    var masks = masks(Sight.MASKED, Sight.MASKED, false, contact);

    assertThat(masks.apply(field, TextNode.valueOf(typed))).isEqualTo(seen);
    assertThat(masks.shown()).isEmpty();
  }

  @Test
  void whatAFormCallsPlainEverybodySeesAsItIsCalled() {
    var masks = masks(Sight.MASKED, Sight.MASKED, true, visit);

    assertThat(masks.apply("size", TextNode.valueOf("l"))).isEqualTo("large");
    assertThat(masks.shown()).containsExactly("size");
  }

  @Test
  void whatIsSensitiveHasASightOfItsOwn() {
    var vegan = TextNode.valueOf("vegan");
    assertThat(masks(Sight.PLAIN, Sight.MASKED, true, visit).apply("diet", vegan)).isEqualTo("•••");
    assertThat(masks(Sight.PLAIN, Sight.REASON, false, visit).apply("diet", vegan))
        .isEqualTo("•••");
    assertThat(masks(Sight.PLAIN, Sight.REASON, true, visit).apply("diet", vegan))
        .isEqualTo("vegan");
  }

  @Test
  void ofWhatAFormSaysNowAndThenTheStricterDecides() {
    var stricter = form("\"sensitive\", \"ground\": \"Art. 9 (2) a\"");
    var phone = TextNode.valueOf("+49 30 1234567");
    assertThat(masks(Sight.MASKED, Sight.MASKED, false, visit).apply("phone", phone))
        .isEqualTo("•••567");
    for (var both : List.of(List.of(visit, stricter), List.of(stricter, visit))) {
      var masks = new Masks(both, role(Sight.PLAIN, Sight.MASKED), false, "en");
      assertThat(masks.apply("phone", phone)).isEqualTo("•••");
      assertThat(masks.shown()).doesNotContain("phone");
    }
  }

  @Test
  void whatNoFormHasAnyMoreIsTakenForSensitive() {
    var ada = TextNode.valueOf("Ada");
    assertThat(masks(Sight.PLAIN, Sight.MASKED, false, contact).apply("gone", ada))
        .isEqualTo("•••");
    assertThat(masks(Sight.PLAIN, Sight.MASKED, false).apply("name", ada)).isEqualTo("•••");
    assertThat(masks(Sight.PLAIN, Sight.REASON, true).apply("name", ada)).isEqualTo("Ada");
  }

  @Test
  void whoWouldSeeWhatNoFormHasAnyMoreIsOnRecordForIt() {
    assertThat(masks(Sight.MASKED, Sight.REASON, true, visit).shown())
        .containsExactlyInAnyOrder("size", "diet", "*");
    assertThat(masks(Sight.MASKED, Sight.REASON, false, visit).shown()).containsExactly("size");
    assertThat(masks(Sight.PLAIN, Sight.PLAIN, false).shown()).containsExactly("*");
  }

  @Test
  void severalChoicesAreToldOneAfterTheOther() {
    var chosen = JsonNodeFactory.instance.arrayNode().add("s").add("l");

    assertThat(masks(Sight.MASKED, Sight.MASKED, false, visit).apply("size", chosen))
        .isEqualTo("small, large");
  }

  @Test
  void aReasonShowsItToWhoMayGiveOne() {
    var email = TextNode.valueOf("ada@example.net");
    assertThat(masks(Sight.REASON, Sight.REASON, true, contact).apply("email", email))
        .isEqualTo("ada@example.net");
    assertThat(masks(Sight.REASON, Sight.REASON, false, contact).apply("email", email))
        .isEqualTo("a•••@example.net");
    assertThat(masks(Sight.MASKED, Sight.MASKED, true, contact).apply("email", email))
        .isEqualTo("a•••@example.net");
    assertThat(masks(Sight.PLAIN, Sight.MASKED, false, contact).shown())
        .contains("email", "message");
  }

  private static Masks masks(
      Sight personal, Sight sensitive, boolean reasonIsGiven, Form... forms) {
    return new Masks(List.of(forms), role(personal, sensitive), reasonIsGiven, "en");
  }

  private static Role role(Sight personal, Sight sensitive) {
    return new Role(Set.of("*"), personal, sensitive, Set.of());
  }

  /** A form whose telephone number is as sensitive as it is said. */
  private static Form form(String phone) {
    var file = FORM.replace("{phone}", phone).getBytes(UTF_8);
    return new Forms(path -> path.equals("visit.json") ? new ByteArrayInputStream(file) : null)
        .find("visit")
        .orElseThrow();
  }
}
