package io.vestibule.deletion.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

  @Test
  void aKeyCanBeRecoveredForAsLongAsItsTable() {
    assertThat(Receipts.keyRecoverable(7, false)).isEqualTo(Duration.ofDays(7));
  }

  /** Which are made, taken to the other Region and deleted some hours late each. */
  @Test
  void copiesOfAKeyLastTwoDaysLonger() {
    assertThat(Receipts.keyRecoverable(7, true)).isEqualTo(Duration.ofDays(9));
  }
}
