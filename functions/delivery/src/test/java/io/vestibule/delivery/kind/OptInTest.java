package io.vestibule.delivery.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord.Consent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When somebody is said to have agreed. */
class OptInTest {

  private static final Instant ASKED = Instant.parse("2026-11-28T02:00:00.123456Z");
  private static final Instant PRESSED = Instant.parse("2026-11-28T02:05:00Z");
  private static final Instant NOW = Instant.parse("2026-11-28T02:06:00Z");
  private static final Consent CONSENT =
      new Consent("newsletter", "marketing", "v1", "de", "contact", ASKED, Map.of());

  @Test
  void aConsentOfTheEntryWasGivenWhenItWasPressed() {
    assertThat(
            OptIn.of(CONSENT, Instant.parse("2026-11-28T02:00:00.123Z"), Optional.of(PRESSED), NOW))
        .isEqualTo(new OptIn(PRESSED, "de", true));
  }

  @Test
  void aConsentOfAnotherEntryWasGivenNotBeforeItWasAskedFor() {
    assertThat(OptIn.of(CONSENT, ASKED.plusSeconds(90), Optional.of(PRESSED), NOW))
        .isEqualTo(new OptIn(ASKED, "de", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-28T01:59:59Z", "2026-11-28T02:06:01Z"})
  void aTimeInTheRowThatCannotBeTrueIsNotBelieved(String stored) {
    assertThat(OptIn.of(CONSENT, ASKED, Optional.of(Instant.parse(stored)), NOW).at())
        .isEqualTo(ASKED);
    assertThat(OptIn.of(CONSENT, ASKED, Optional.empty(), NOW).at()).isEqualTo(ASKED);
  }
}
