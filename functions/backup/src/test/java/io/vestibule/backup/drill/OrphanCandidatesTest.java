package io.vestibule.backup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrphanCandidatesTest {

  @Test
  void whoIsNoOrphanWhenLookedAtAgainIsNotCounted() {
    var side = candidates(3).stillThere(number -> number.equals("c1"));

    assertThat(side.count()).isEqualTo(1);
    assertThat(side.some()).containsExactly("c1");
  }

  @Test
  void ifATableWasLostAllAreCountedAndAHundredNamed() {
    var side = candidates(1_500).stillThere(_ -> true);

    assertThat(side.count()).isEqualTo(1_500);
    assertThat(side.some()).hasSize(100);
  }

  @Test
  void ifFewOfThoseRemainWhoWereLookedAtTheOthersAreTakenForNone() {
    assertThat(candidates(1_500).stillThere(number -> number.equals("c1")).count()).isEqualTo(1);
  }

  private static OrphanCandidates candidates(int many) {
    var candidates = new OrphanCandidates();
    IntStream.range(0, many).mapToObj(i -> "c" + i).forEach(candidates::add);
    return candidates;
  }
}
