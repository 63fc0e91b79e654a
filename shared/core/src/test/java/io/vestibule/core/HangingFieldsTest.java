package io.vestibule.core;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What hangs on a consent comes with it, and goes with it. */
class HangingFieldsTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");
  private static final Instant WEDNESDAY = Instant.parse("2026-11-18T09:00:00Z");
  private static final Map<String, Choice.Agreed> AGREED =
      Map.of("catering", new Choice.Agreed("v1", "en"));

  /** Asks for {@code diet} with the consent {@code catering}. */
  private static final CustomerRecord.Origin SUPPER = new Supper(Optional.of("catering"));

  /** Asks for it without a consent. */
  private static final CustomerRecord.Origin PLAIN = new Supper(Optional.empty());

  @Test
  void withoutTheConsentItIsAsIfItHadNotBeenFilledIn() {
    var entry = EntryRecord.of(submission(MONDAY, "nuts"), Map.of(), SUPPER);

    assertThat(CustomerRecord.empty().with(submission(MONDAY, "nuts"), Map.of(), SUPPER).fields())
        .containsOnlyKeys("name");
    assertThat(entry.fields().has("diet")).isFalse();
    assertThat(entry.hanging()).isEqualTo(Map.of("diet", "catering"));
    assertThat(EntryRecord.of(submission(MONDAY, "nuts"), AGREED, PLAIN).hanging()).isEmpty();
  }

  @Test
  void theConsentIsGoneWithAWithdrawalAndSoIsEveryValueThatWasKeptByIt() {
    var record =
        record(submission(MONDAY, "nuts"), submission(TUESDAY, "eggs"))
            .withdraw("catering", TUESDAY);

    assertThat(record.fields()).containsOnlyKeys("name");
    assertThat(record.consents()).hasSize(2);
    assertThat(record.withdraw("other", WEDNESDAY))
        .extracting(CustomerRecord::fields)
        .isEqualTo(record.fields());
  }

  @Test
  void anotherPurposesWithdrawalTakesNothingAndThatOfEverythingTakesIt() {
    var record = record(submission(MONDAY, "nuts"));

    assertThat(record.withdraw("marketing", TUESDAY).fields()).containsKey("diet");
    assertThat(record.withdraw("", TUESDAY).fields()).doesNotContainKey("diet");
  }

  @Test
  void whatWasHandedInAfterTheWithdrawalStays() {
    var record =
        record(submission(MONDAY, "nuts"))
            .withdraw("catering", TUESDAY)
            .with(submission(WEDNESDAY, "eggs"), AGREED, SUPPER);

    var diet = requireNonNull(record.fields().get("diet"));
    assertThat(diet.value().asText()).isEqualTo("eggs");
    assertThat(diet.before()).isEmpty();
  }

  /** Whoever withdraws does not wait for what is still on its way. */
  @Test
  void whatIsStoredLateIsCoveredByTheWithdrawal() {
    var record = CustomerRecord.empty().withdraw("catering", TUESDAY);
    var late = submission(MONDAY, "nuts");

    assertThat(record.with(late, AGREED, SUPPER).fields()).containsOnlyKeys("name");
    assertThat(EntryRecord.of(late, AGREED, SUPPER).without(record, MONDAY).fields().has("diet"))
        .isFalse();
  }

  @Test
  void aValueThatNeedsNoConsentIsTheFieldsAgain() {
    var diet = leftOfNuts("told freely");

    assertThat(diet.value().asText()).isEqualTo("told freely");
    assertThat(diet.before()).isEmpty();
  }

  /** What is left of nuts, told with a consent that is withdrawn, after something told freely. */
  private static CustomerRecord.Value leftOfNuts(String toldFreely) {
    var record =
        CustomerRecord.empty()
            .with(submission(MONDAY, toldFreely), Map.of(), PLAIN)
            .with(submission(TUESDAY, "nuts"), AGREED, SUPPER)
            .withdraw("catering", WEDNESDAY);
    return requireNonNull(record.fields().get("diet"));
  }

  @Test
  void theSameValueThatWasToldFreelyStaysWhenItIsToldAgainWithTheConsent() {
    var diet = leftOfNuts("nuts");

    assertThat(diet.value().asText()).isEqualTo("nuts");
    assertThat(diet.purpose()).isNull();
  }

  /** A restore brings back an old record; the withdrawal lies with the key. */
  @Test
  void anOlderRecordLosesItByTheDecisionsBesideItsKey() {
    var old = record(submission(MONDAY, "nuts"));
    var decisions = Decisions.none().next(old.withdraw("catering", TUESDAY));

    assertThat(old.with(decisions, true).fields()).containsOnlyKeys("name");
  }

  /** What an erasure would leave, a withdrawal leaves, too. */
  @Test
  void underAHoldItStaysUntilTheHoldIsLifted() {
    var record =
        record(submission(MONDAY, "nuts"))
            .withHold(new Hold("§ 147 AO", MONDAY, Map.of()))
            .withdraw("catering", TUESDAY);
    var entry = EntryRecord.of(submission(MONDAY, "nuts"), AGREED, SUPPER);

    assertThat(record.fields()).containsKey("diet");
    assertThat(entry.without(record, MONDAY)).isEqualTo(entry);
    assertThat(record.withHold(null).fields()).doesNotContainKey("diet");
    assertThat(entry.without(record.withHold(null), MONDAY).fields().has("diet")).isFalse();
  }

  /** After a roll-back the form may not ask for the consent, so nobody can give it. */
  @Test
  void whatHangsOnAConsentThatNobodyKnowsIsNotKept() {
    var entry = EntryRecord.of(submission(MONDAY, "nuts"), AGREED, new Stranded());

    assertThat(entry.fields().has("diet")).isFalse();
    assertThat(entry.hanging()).isEqualTo(Map.of("diet", "health"));
  }

  private static CustomerRecord record(Submission... submissions) {
    var record = CustomerRecord.empty();
    for (Submission each : submissions) {
      record = record.with(each, AGREED, SUPPER);
    }
    return record;
  }

  private static Submission submission(Instant at, String diet) {
    var fields = Json.MAPPER.createObjectNode().put("name", "Ada").put("diet", diet);
    return new Submission(fields, Map.of("catering", "v1"), "en", "", at);
  }

  private record Stranded() implements CustomerRecord.Origin {

    @Override
    public String name() {
      return "supper";
    }

    @Override
    public List<String> tags() {
      return List.of();
    }

    @Override
    public Optional<String> purpose(String consent) {
      return Optional.empty();
    }

    @Override
    public Optional<String> consentOf(String field) {
      return Optional.of("health").filter(_ -> field.equals("diet"));
    }
  }

  private record Supper(Optional<String> needed) implements CustomerRecord.Origin {

    @Override
    public String name() {
      return "supper";
    }

    @Override
    public List<String> tags() {
      return List.of();
    }

    @Override
    public Optional<String> purpose(String consent) {
      return Optional.of(consent);
    }

    @Override
    public Optional<String> consentOf(String field) {
      return needed.filter(_ -> field.equals("diet"));
    }
  }
}
