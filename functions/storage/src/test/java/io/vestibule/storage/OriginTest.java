package io.vestibule.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Judged;
import io.vestibule.keys.ChangedForms;
import io.vestibule.keys.Installation;
import io.vestibule.keys.SubmissionOpener.Opened;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of a form by which something came. */
class OriginTest {

  private static final Submission CONTENT =
      new Submission(
          Json.MAPPER.createObjectNode().put("email", "ada@example.net").put("phone", "+49 30 1"),
          Map.of(),
          "en",
          "",
          Instant.parse("2026-11-16T09:00:00Z"));

  private final Form free = new Forms().find("contact").orElseThrow();
  private final Form strict = strict();

  @Test
  void whatHangsOnAConsentByEitherVersionOfTheFormIsNotKeptWithoutIt() {
    assertThat(fieldsKept(free, free)).contains("phone");
    assertThat(fieldsKept(strict, free)).doesNotContain("phone");
    assertThat(fieldsKept(free, strict)).doesNotContain("phone");
    assertThat(Origin.of(opened(strict, free, Map.of())).purpose("newsletter"))
        .contains("marketing");
  }

  /** After a roll-back, to a version that asks for the telephone number of everybody. */
  @Test
  void whatHangsOnAConsentByRulesThatNobodyKnowsIsNotKeptWithoutIt() {
    assertThat(fieldsKept(opened(free, free, Map.of()))).contains("phone");
    for (String consent : List.of("newsletter", "gone")) {
      var older = opened(free, free, Map.of("phone", consent));
      assertThat(fieldsKept(older)).contains("email").doesNotContain("phone");
      assertThat(Origin.of(older).consentOf("phone")).contains(consent);
    }
  }

  @Test
  void whatAConsentIsForIsWhatThePageSaidOnWhichItWasTicked() {
    var forms =
        ChangedForms.published(
            form -> ((ObjectNode) form.at("/consents/newsletter")).put("purpose", "research"));

    assertThat(origin(forms).purpose("newsletter")).hasValue("marketing");
  }

  @Test
  void aConsentThatTheFormDoesNotAskForAnyMoreIsStillForWhatItWas() {
    var forms =
        ChangedForms.published(form -> ((ObjectNode) form.at("/consents")).remove("newsletter"));

    assertThat(origin(forms).purpose("newsletter")).hasValue("marketing");
  }

  @Test
  void marksAreThoseOfTheFormAsItIsNow() {
    var forms = ChangedForms.published(form -> form.putArray("tags").add("spring"));

    assertThat(origin(forms).tags()).containsExactly("spring");
  }

  private static Origin origin(Forms forms) {
    var now = forms.find("contact").orElseThrow();
    var sealed =
        new Submission(
                Installation.contact("ada@example.net"),
                Map.of("newsletter", "v1"),
                "en",
                "",
                CONTENT.receivedAt())
            .by(new Forms().find("contact").orElseThrow().sealedVersion());
    return Origin.of(new Opened(now, Judged.of(sealed, now, forms).orElseThrow(), sealed));
  }

  private static List<String> fieldsKept(Form now, Form then) {
    return fieldsKept(opened(now, then, Map.of()));
  }

  private static List<String> fieldsKept(Opened opened) {
    var entry = EntryRecord.of(CONTENT, Map.of(), Origin.of(opened));
    return entry.fields().propertyStream().map(Map.Entry::getKey).toList();
  }

  private static Opened opened(Form now, Form then, Map<String, String> hanging) {
    var address = EmailAddress.parse("ada@example.net").orElseThrow();
    return new Opened(now, new Judged(then, then.version(), address, false, hanging), CONTENT);
  }

  /** The form when the telephone number hangs on its consent. */
  private static Form strict() {
    return ChangedForms.alone(
            form -> {
              ((ObjectNode) form.at("/fields/phone")).put("sensitivity", "sensitive");
              ((ObjectNode) form.at("/consents/newsletter")).putArray("fields").add("phone");
            })
        .find("contact")
        .orElseThrow();
  }
}
