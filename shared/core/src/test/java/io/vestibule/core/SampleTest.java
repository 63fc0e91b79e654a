package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

  private static final int MANY = 20_000;

  @Test
  void ofAsManyAsAreWantedEachIsChosen() {
    assertThat(sample(3, 3, 1)).containsExactly(0, 1, 2);
    assertThat(sample(3, 2, 1)).containsExactly(0, 1);
    assertThat(sample(0, 2, 1)).isEmpty();
  }

  @Test
  void neverAreMoreChosenThanAreWanted() {
    for (int seed = 0; seed < MANY; seed++) {
      assertThat(sample(3, 5, seed)).hasSize(3).doesNotHaveDuplicates();
    }
  }

  @Test
  void eachIsAsLikelyAsAnother() {
    var times = new TreeMap<Integer, Integer>();
    for (int seed = 0; seed < MANY; seed++) {
      sample(3, 5, seed).forEach(one -> times.merge(one, 1, Integer::sum));
    }
    // Three of five, by seeds that are the same each time.
    assertThat(times).hasSize(5);
    assertThat(times.values()).allSatisfy(it -> assertThat(it).isBetween(11_700, 12_300));
  }

  private static List<Integer> sample(int most, int many, int seed) {
    var sample = new Sample<Integer>(most, new Random(seed * 7_919L));
    IntStream.range(0, many).forEach(sample::offer);
    return sample.chosen();
  }
}
