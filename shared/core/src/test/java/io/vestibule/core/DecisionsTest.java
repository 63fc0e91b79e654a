package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.core.CustomerRecord.Hold;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people decided is kept in two places, and the two are put together again. */
class DecisionsTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");
  private static final Hold HOLD = new Hold("§ 147 AO", TUESDAY, Map.of());

  private final CustomerRecord older = CustomerRecord.empty();
  private final CustomerRecord newer =
      older.withdraw("marketing", MONDAY).withdraw("marketing", TUESDAY).withHold(HOLD);

  @Test
  void onlyTheNewestWithdrawalOfEachPurposeIsKept() {
    var decisions = Decisions.none().next(newer.withdraw("", MONDAY));

    assertThat(decisions.withdrawals())
        .extracting(CustomerRecord.Withdrawal::purpose, CustomerRecord.Withdrawal::at)
        .containsExactly(tuple("", MONDAY), tuple("marketing", TUESDAY));
  }

  @Test
  void allAreOfOneLengthUnlessTheyAreMany() {
    assertThat(Decisions.none().toJson()).hasSize(512);
    assertThat(Decisions.none().next(newer).toJson()).hasSize(512);
    var lengthy = newer.withHold(new Hold("§".repeat(500), TUESDAY, Map.of()));
    assertThat(Decisions.none().next(lengthy).toJson()).hasSize(1536);
  }

  @Test
  void anOlderRecordGetsTheNewerDecisions() {
    var record = older.with(Decisions.none().next(newer), true);

    assertThat(record.hold()).isEqualTo(HOLD);
    assertThat(record.withdrawals()).hasSize(1);
  }

  @Test
  void aNewerRecordTakesNoHoldFromOlderDecisionsButEveryWithdrawal() {
    var record = older.with(Decisions.none().next(newer), false);

    assertThat(record.hold()).isNull();
    assertThat(record.withdrawals()).hasSize(1);
  }

  @Test
  void nothingChangesIfBothAreOfOneVersion() {
    assertThat(newer.with(Decisions.none().next(newer), false)).isEqualTo(newer);
  }
}
