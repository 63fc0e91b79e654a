package io.vestibule.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Form.Consent;
import io.vestibule.core.forms.Form.Sensitivity;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Judged;
import io.vestibule.keys.SubmissionOpener.Opened;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

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
    assertThat(Origin.of(opened(strict, free)).purpose("newsletter")).contains("marketing");
  }

  private static List<String> fieldsKept(Form now, Form then) {
    var entry = EntryRecord.of(CONTENT, Map.of(), Origin.of(opened(now, then)));
    return entry.fields().propertyStream().map(Map.Entry::getKey).toList();
  }

  private static Opened opened(Form now, Form then) {
    var address = EmailAddress.parse("ada@example.net").orElseThrow();
    return new Opened(now, new Judged(then, then.version(), address, false), CONTENT);
  }

  /** The form when the telephone number hangs on its consent. */
  private Form strict() {
    var fields = new LinkedHashMap<>(free.fields());
    var phone = Objects.requireNonNull(fields.get("phone"));
    fields.put(
        "phone",
        new Form.Field(
            phone.label(),
            phone.identity(),
            phone.autocomplete(),
            phone.help(),
            phone.options(),
            phone.rows(),
            Sensitivity.SENSITIVE,
            phone.importance(),
            phone.purposes(),
            null));
    var newsletter = Objects.requireNonNull(free.consents().get("newsletter"));
    var asked =
        new Consent(
            newsletter.purpose(),
            newsletter.version(),
            newsletter.wording(),
            newsletter.required(),
            List.of("phone"));
    return new Form(
        free.name(),
        free.published(),
        free.version(),
        free.kind(),
        free.title(),
        free.schema(),
        fields,
        Map.of("newsletter", asked),
        free.tags(),
        free.origins(),
        free.next(),
        free.keep(),
        free.deliver(),
        free.proofOfWork(),
        free.texts(),
        free.afterwards(),
        free.extra(),
        free.confirmed());
  }
}
