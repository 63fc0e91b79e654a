package io.vestibule.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.ChangedForms;
import io.vestibule.keys.Installation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of an entry whose form has changed since. */
class AsHandedInTest {

  private static final String NOBODYS = "AAAAAAAAAAAAAAAA";

  private final Form contact = new Forms().find("contact").orElseThrow();

  @Test
  void anEntryIsToldByTheFormAsItWas() {
    var forms = ChangedForms.published(ChangedForms.renamed("message", "concern"));

    var told = told(contact.version(), values(), forms);

    assertThat(told.form().fields()).containsKey("message").doesNotContainKey("concern");
    assertThat(told.values()).isEqualTo(values());
  }

  /** An attack: with what intake may do, values of no form can be stored, and no more. */
  @Test
  void ofAnEntryWhoseRulesAreNotKnownOnlyThatIsToldWhichTheFormTakesNow() {
    var values =
        values()
            .put("admin", "yes")
            .put("company", "A".repeat(101))
            .put("phone", 1)
            .put("name", "Ada\nBcc: everybody");

    for (var version : List.of(NOBODYS, contact.version())) {
      var told = told(version, values, new Forms());

      assertThat(told.form().version()).isEqualTo(contact.version());
      assertThat(told.values().properties())
          .extracting(field -> field.getKey())
          .containsExactly("email", "message");
    }
  }

  @Test
  void whatHasComeToBeSensitiveSinceIsNotTold() {
    var forms =
        ChangedForms.published(
            form -> {
              ChangedForms.longest("name", 2).accept(form);
              ((ObjectNode) form.at("/fields/company"))
                  .put("sensitivity", "sensitive")
                  .put("importance", "normal")
                  .put("ground", "as-the-law-asks");
            });

    var told = told(contact.version(), values().put("company", "A union"), forms);

    assertThat(told.values()).isEqualTo(values());
  }

  private AsHandedIn told(String version, ObjectNode values, Forms forms) {
    return AsHandedIn.of(version, values, forms.find("contact").orElseThrow(), forms);
  }

  private static ObjectNode values() {
    return Installation.contact("ada@example.net");
  }
}
