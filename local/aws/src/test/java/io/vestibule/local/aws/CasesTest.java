package io.vestibule.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CasesTest {

  private static final List<Integer> TO_TEN = IntStream.rangeClosed(0, 10).boxed().toList();

  @Test
  void theFirstOfEachKindStandsForItsKind() {
    assertThat(Cases.firstOfEach(List.of("be", "see", "go", "do", "easy"), String::length))
        .containsExactly("be", "see", "easy");
  }

  @Test
  void casesAreSpreadFromTheFirstToTheLast() {
    assertThat(Cases.farApart(TO_TEN, 2)).containsExactly(0, 10);
    assertThat(Cases.farApart(TO_TEN, 3)).containsExactly(0, 5, 10);
    assertThat(Cases.farApart(TO_TEN, 4)).containsExactly(0, 3, 6, 10);
    assertThat(Cases.farApart(TO_TEN, 10)).doesNotHaveDuplicates().hasSize(10);
  }

  @Test
  void fewerThanAskedForAreAll() {
    assertThat(Cases.farApart(TO_TEN, 11)).isEqualTo(TO_TEN);
    assertThat(Cases.farApart(List.of(1), 2)).containsExactly(1);
    assertThat(Cases.farApart(List.of(), 2)).isEmpty();
  }

  @Test
  void oneCaseIsNoSpread() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cases.farApart(TO_TEN, 1));
  }
}
