package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomerRecordTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");

  private static final Map<String, Choice.Agreed> AGREED =
      Map.of("newsletter", new Choice.Agreed("v1", "en"));

  private final Form contact = new Forms().find("contact").orElseThrow();

  @Test
  void eachValueKeepsItsFormSourceAndTime() {
    var record = CustomerRecord.empty().with(submission(MONDAY, "name", "Ada"), Map.of(), contact);

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

    assertThat(
            nameOf(
                CustomerRecord.empty()
                    .with(first, Map.of(), contact)
                    .with(second, Map.of(), contact)))
        .isEqualTo("Ada Lovelace");
    assertThat(
            nameOf(
                CustomerRecord.empty()
                    .with(second, Map.of(), contact)
                    .with(first, Map.of(), contact)))
        .isEqualTo("Ada Lovelace");
  }

  @Test
  void whatAValueReplacesIsKeptWithItsOwnFormSourceAndTime() throws IOException {
    var first = submission(MONDAY, "phone", "+49 30 123456");
    var second = submission(TUESDAY, "phone", "+49 900 666666");
    var record =
        CustomerRecord.empty().with(first, Map.of(), contact).with(second, Map.of(), contact);

    var phone = requireNonNull(record.fields().get("phone"));
    assertThat(phone.value().asText()).isEqualTo("+49 900 666666");
    assertThat(phone.before())
        .extracting(it -> it.value().asText(), CustomerRecord.Former::at)
        .containsExactly(tuple("+49 30 123456", MONDAY));
    assertThat(CustomerRecord.parse(record.toJson())).isEqualTo(record);
    assertThat(
            CustomerRecord.empty().with(second, Map.of(), contact).with(first, Map.of(), contact))
        .as("in whichever order they were confirmed")
        .isEqualTo(record);
  }

  @Test
  void theSameValueOnceMoreReplacesNothing() {
    var record = CustomerRecord.empty();
    for (int day = 0; day < 3; day++) {
      var at = MONDAY.plus(Duration.ofDays(day));
      record = record.with(submission(at, "name", "Ada"), Map.of(), contact);
    }

    assertThat(requireNonNull(record.fields().get("name")).before()).isEmpty();
  }

  @Test
  void formerValuesAreFiveForEachFieldAndSomeThousandCharactersTogether() {
    var record = CustomerRecord.empty();
    var wordy = CustomerRecord.empty();
    for (int day = 0; day < 9; day++) {
      var at = MONDAY.plus(Duration.ofDays(day));
      record = record.with(submission(at, "name", "Ada " + day), Map.of(), contact);
      wordy = wordy.with(submission(at, "message", "x".repeat(10_000) + day), Map.of(), contact);
    }

    assertThat(requireNonNull(record.fields().get("name")).before())
        .extracting(it -> it.value().asText())
        .containsExactly("Ada 3", "Ada 4", "Ada 5", "Ada 6", "Ada 7");
    assertThat(requireNonNull(wordy.fields().get("message")).before()).hasSize(3);
  }

  @Test
  void aFieldThatTheNewerSubmissionLeavesOutStays() {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, "phone", "+49 30 123456"), Map.of(), contact)
            .with(submission(TUESDAY, "name", "Ada"), Map.of(), contact);

    assertThat(record.fields()).containsOnlyKeys("name", "phone");
  }

  @Test
  void consentsAreAHistoryAndNotAState() {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY), AGREED, contact)
            .with(submission(TUESDAY), AGREED, contact);

    assertThat(record.consents())
        .extracting(CustomerRecord.Consent::purpose, CustomerRecord.Consent::at)
        .containsExactly(tuple("marketing", MONDAY), tuple("marketing", TUESDAY));
  }

  @Test
  void aRecordReadsBackAsItWasWritten() throws IOException {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, "name", "שלום 门厅 \uD83D\uDC4B"), Map.of(), contact)
            .with(submission(TUESDAY), AGREED, contact);

    assertThat(CustomerRecord.parse(record.toJson())).isEqualTo(record);
  }

  @Test
  void aWithdrawalEndsTheConsentsBeforeItAndKeepsThemAsEvidence() {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY), AGREED, contact)
            .withdraw("marketing", MONDAY)
            .with(submission(TUESDAY), AGREED, contact);

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
        CustomerRecord.empty().withdraw("", TUESDAY).with(submission(MONDAY), AGREED, contact);

    assertThat(record.consents()).map(record::stands).containsExactly(false);
  }

  @Test
  void aHoldAndWithdrawalsStayWhateverIsHandedIn() throws IOException {
    var hold = new CustomerRecord.Hold("§ 147 AO", MONDAY, Map.of());
    var record =
        CustomerRecord.empty()
            .withHold(hold)
            .withdraw("marketing", MONDAY)
            .with(submission(TUESDAY, "name", "Ada"), Map.of(), contact);

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

  private static Submission submission(Instant at) {
    return new Submission(Json.MAPPER.createObjectNode(), Map.of(), "en", "", at);
  }
}
