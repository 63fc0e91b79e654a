package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerRecordTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");

  private final Form contact = new Forms().find("contact").orElseThrow();

  @Test
  void eachValueKeepsItsFormSourceAndTime() {
    var record = CustomerRecord.empty().with(submission(MONDAY, "name", "Ada"), contact);

    var name = requireNonNull(record.fields().get("name"));
    assertThat(name.value().asText()).isEqualTo("Ada");
    assertThat(name.form()).isEqualTo("contact");
    assertThat(name.source()).isEqualTo("https://www.example.com");
    assertThat(name.at()).isEqualTo(MONDAY);
    assertThat(record.tags()).containsExactly("lead");
  }

  @Test
  void theValueHandedInLastWinsWhicheverWasConfirmedLast() {
    var first = submission(MONDAY, "name", "Ada");
    var second = submission(TUESDAY, "name", "Ada Lovelace");

    assertThat(nameOf(CustomerRecord.empty().with(first, contact).with(second, contact)))
        .isEqualTo("Ada Lovelace");
    assertThat(nameOf(CustomerRecord.empty().with(second, contact).with(first, contact)))
        .isEqualTo("Ada Lovelace");
  }

  @Test
  void aFieldThatTheNewerSubmissionLeavesOutStays() {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, "phone", "+49 30 123456"), contact)
            .with(submission(TUESDAY, "name", "Ada"), contact);

    assertThat(record.fields()).containsOnlyKeys("name", "phone");
  }

  @Test
  void consentsAreAHistoryAndNotAState() {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, Map.of("newsletter", "v1")), contact)
            .with(submission(TUESDAY, Map.of("newsletter", "v1")), contact);

    assertThat(record.consents())
        .extracting(CustomerRecord.Consent::purpose, CustomerRecord.Consent::at)
        .containsExactly(tuple("marketing", MONDAY), tuple("marketing", TUESDAY));
  }

  @Test
  void aRecordReadsBackAsItWasWritten() throws IOException {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, "name", "שלום 门厅 \uD83D\uDC4B"), contact)
            .with(submission(TUESDAY, Map.of("newsletter", "v1")), contact);

    assertThat(CustomerRecord.parse(record.toJson())).isEqualTo(record);
  }

  @Test
  void aWithdrawalEndsTheConsentsBeforeItAndKeepsThemAsEvidence() {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, Map.of("newsletter", "v1")), contact)
            .withdraw("marketing", MONDAY)
            .with(submission(TUESDAY, Map.of("newsletter", "v1")), contact);

    assertThat(record.consents()).hasSize(2);
    assertThat(record.consents()).map(record::stands).containsExactly(false, true);
    assertThat(record.withdraw("", TUESDAY).consents())
        .map(record.withdraw("", TUESDAY)::stands)
        .containsExactly(false, false);
    assertThat(record.withdraw("research", TUESDAY).stands(record.consents().getLast())).isTrue();
  }

  @Test
  void aConsentConfirmedAfterItsWithdrawalDoesNotStand() {
    var record =
        CustomerRecord.empty()
            .withdraw("", TUESDAY)
            .with(submission(MONDAY, Map.of("newsletter", "v1")), contact);

    assertThat(record.consents()).map(record::stands).containsExactly(false);
  }

  @Test
  void aHoldAndWithdrawalsStayWhateverIsHandedIn() throws IOException {
    var hold = new CustomerRecord.Hold("§ 147 AO", MONDAY, Map.of());
    var record =
        CustomerRecord.empty()
            .withHold(hold)
            .withdraw("marketing", MONDAY)
            .with(submission(TUESDAY, "name", "Ada"), contact);

    assertThat(CustomerRecord.parse(record.toJson())).isEqualTo(record);
    assertThat(record.hold()).isEqualTo(hold);
    assertThat(record.withHold(null).hold()).isNull();
  }

  @Test
  void aRecordOfBeforeThereWereWithdrawalsIsRead() throws IOException {
    var before = "{\"fields\":{},\"consents\":[],\"tags\":[]}";

    assertThat(CustomerRecord.parse(before.getBytes(UTF_8))).isEqualTo(CustomerRecord.empty());
  }

  private static String nameOf(CustomerRecord record) {
    return requireNonNull(record.fields().get("name")).value().asText();
  }

  private static Submission submission(Instant at, String field, String value) {
    ObjectNode fields = Json.MAPPER.createObjectNode().put(field, value);
    return new Submission(fields, Map.of(), "en", "https://www.example.com", at);
  }

  private static Submission submission(Instant at, Map<String, String> consents) {
    return new Submission(Json.MAPPER.createObjectNode(), consents, "en", "", at);
  }
}
