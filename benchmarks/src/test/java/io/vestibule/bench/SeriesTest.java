package io.vestibule.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  @Test
  void theMedianIsTheValueInTheMiddleInWhateverOrderTheRunsCame() {
    assertThat(new Series(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    assertThat(new Series(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
  }

  @Test
  void theSpreadIsFromTheSmallestToTheLargestRun() {
    assertThat(new Series(List.of(9.0, 1.0, 2.0)).spread()).isEqualTo(8);
  }

  @Test
  void aRatioComparesWhatWasMeasuredInTheSameRun() {
    var busyTwice = new Series(List.of(10.0, 30.0, 30.0));
    var yardstick = new Series(List.of(5.0, 10.0, 15.0));

    assertThat(busyTwice.dividedBy(yardstick).values()).containsExactly(2.0, 3.0, 2.0);
    assertThat(Figure.of("a", busyTwice, "ms", "b", yardstick).ratio()).isEqualTo(2);
  }

  @Test
  void otherRunsAreNoYardstick() {
    var one = new Series(List.of(1.0));

    assertThatThrownBy(() -> one.dividedBy(new Series(List.of(1.0, 2.0))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
