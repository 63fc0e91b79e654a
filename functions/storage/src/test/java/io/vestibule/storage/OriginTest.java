package io.vestibule.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Judged;
import io.vestibule.keys.ChangedForms;
import io.vestibule.keys.Installation;
import io.vestibule.keys.SubmissionOpener.Opened;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of a form by which something came. */
class OriginTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final Submission sealed =
      new Submission(
              Installation.contact("ada@example.net"), Map.of("newsletter", "v1"), "en", "", NOW)
          .by(new Forms().find("contact").orElseThrow().sealedVersion());

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

  private Origin origin(Forms forms) {
    var now = forms.find("contact").orElseThrow();
    return Origin.of(new Opened(now, Judged.of(sealed, now, forms).orElseThrow(), sealed));
  }
}
