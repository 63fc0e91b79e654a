package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EntryNumberTest {

  private static final RowId SUBMISSION = new RowId("sAAAAAAAAAAAAAAAAAAAAAA");
  private static final Instant AT = Instant.parse("2026-11-21T20:14:00.123Z");

  /** Computed by another program: people have been told such numbers. */
  @Test
  void aSubmissionHasTheNumberThatItEverHad() {
    assertThat(EntryNumber.of(SUBMISSION).value()).isEqualTo("V-XCW51Z");
  }

  @Test
  void aNumberHasNoLettersThatAreMistaken() {
    var random = new SecureRandom();
    for (int i = 0; i < 1000; i++) {
      var id = RowId.random(Destination.STORAGE, random);
      assertThat(EntryNumber.of(id).value()).matches("V-[0-9A-HJKMNP-TV-Z]{6}");
    }
  }

  @Test
  void anEntryIsCalledByItsTimeAndItsSubmissionAndHasTheNumberOfThat() {
    var id = EntryId.of(AT, SUBMISSION);

    assertThat(id.value()).isEqualTo("20261121T201400123Z-sAAAAAAAAAAAAAAAAAAAAAA");
    assertThat(new EntryId(id.value()).number()).isEqualTo(EntryNumber.of(SUBMISSION));
  }

  @Test
  void noRequestAndNothingElseIsAnEntry() {
    for (String other :
        new String[] {
          "", "20261121T201400123Z-rAAAAAAAAAAAAAAAAAAAAAA", "sAAAAAAAAAAAAAAAAAAAAAA"
        }) {
      assertThatThrownBy(() -> new EntryId(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
