package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LawTest {

  /** Regulation 1182/71, article 3(2)(c): a month without such a day ends with its last. */
  @ParameterizedTest
  @CsvSource({
    "GDPR, 2027-01-31T11:00:00Z, 2027-02-28T11:00:00Z",
    "GDPR, 2026-11-22T11:00:00Z, 2026-12-22T11:00:00Z",
    "GDPR, 2027-03-10T11:00:00Z, 2027-04-10T10:00:00Z", // The clocks went forward meanwhile.
    "CCPA, 2026-11-22T11:00:00Z, 2027-01-06T11:00:00Z",
    "PIPL, 2026-11-22T11:00:00Z, 2026-12-02T11:00:00Z",
  })
  void theTimeRunsFromWhenTheRequestCameIn(Law law, Instant receivedAt, Instant dueAt) {
    assertThat(law.dueAt(receivedAt, ZoneId.of("Europe/Berlin"), 10)).isEqualTo(dueAt);
  }
}
