package io.vestibule.local.corpus;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chance that is the same in each run from one seed. */
public final class Dice {

  private final Random random;

  public Dice(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** One of a text's characters; of emoji and the like, whole code points. */
  String character(String of) {
    var all = of.codePoints().toArray();
    return Character.toString(all[random.nextInt(all.length)]);
  }

  String several(int least, int most, Supplier<String> part) {
    return Stream.generate(part).limit(between(least, most)).collect(Collectors.joining());
  }
}
