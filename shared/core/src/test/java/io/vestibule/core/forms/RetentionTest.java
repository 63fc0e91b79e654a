package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Json;
import io.vestibule.core.Submission;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The forms contact and feedback keep customers for two years, newsletter for good. */
class RetentionTest {

  private static final Instant USED = Instant.parse("2024-02-29T12:00:00Z");
  private static final Instant OVER = Instant.parse("2026-02-28T12:00:00Z");

  private final Forms forms = new Forms();
  private final Retention retention = new Retention(forms);

  @Test
  void allFormsThatThereAreHaveASay() {
    assertThat(retention.rules().split(", "))
        .contains("contact=P2Y", "feedback=P2Y")
        .isSorted()
        .noneMatch(rule -> rule.startsWith("newsletter"));
    assertThat(retention.longAgo(OVER).orElseThrow())
        .isAfterOrEqualTo(Instant.parse("2024-02-28T12:00:00Z"));
  }

  @Test
  void aCustomerIsKeptUntilTheTimeOfTheFormIsOver() {
    var record = used(CustomerRecord.empty(), "contact", USED);

    assertThat(retention.isOver(record, OVER.minusMillis(1))).isFalse();
    assertThat(retention.isOver(record, OVER)).isTrue();
  }

  @Test
  void everyFormThatWasUsedMustBeOver() {
    var once = used(CustomerRecord.empty(), "contact", USED);

    assertThat(retention.isOver(used(once, "feedback", USED.plusSeconds(1)), OVER)).isFalse();
    assertThat(retention.isOver(used(once, "newsletter", USED), OVER)).isFalse();
    assertThat(retention.isOver(used(once, "feedback", USED), OVER)).isTrue();
  }

  @Test
  void aFormCountsEvenIfALaterOneReplacedAllItsValues() {
    var fields = Json.MAPPER.createObjectNode().put("name", "x");
    var record =
        Stream.of("newsletter", "contact")
            .reduce(
                CustomerRecord.empty(),
                (had, form) ->
                    had.with(
                        new Submission(fields, Map.of(), "en", "", USED),
                        Map.of(),
                        forms.find(form).orElseThrow()),
                (one, other) -> other);

    assertThat(retention.isOver(record, OVER)).isFalse();
  }

  @Test
  void theLastUseCounts() {
    var again = used(used(CustomerRecord.empty(), "contact", USED), "contact", OVER);

    assertThat(retention.isOver(again, OVER.plusSeconds(1))).isFalse();
  }

  @Test
  void whoUsedAFormThatIsGoneIsKept() {
    var value = new CustomerRecord.Value(new TextNode("x"), "gone", "", USED, Map.of());
    var record = used(CustomerRecord.empty(), "contact", USED);
    record.fields().put("old", value);

    assertThat(retention.isOver(record, OVER)).isFalse();
  }

  private CustomerRecord used(CustomerRecord record, String form, Instant at) {
    var fields = Json.MAPPER.createObjectNode().put(form, "x");
    return record.with(
        new Submission(fields, Map.of(), "en", "", at), Map.of(), forms.find(form).orElseThrow());
  }
}
