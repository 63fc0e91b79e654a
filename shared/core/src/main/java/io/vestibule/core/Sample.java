package io.vestibule.core;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Some of many, of which nobody knows beforehand how many they are. If there are more than wanted,
 * chance chooses, each as likely as another (Vitter, "Random Sampling with a Reservoir", 1985,
 * algorithm R).
 */
public final class Sample<T> {

  private final int most;
  private final RandomGenerator random;
  private final List<T> chosen = new ArrayList<>();
  private int seen;

  /**
   * A sample that is empty yet.
   *
   * @param most how many are wanted
   */
  public Sample(int most, RandomGenerator random) {
    this.most = most;
    this.random = random;
  }

  /** One more of the many: chosen, perhaps in the place of another. */
  public void offer(T one) {
    seen++;
    if (chosen.size() < most) {
      chosen.add(one);
      return;
    }
    int place = random.nextInt(seen);
    if (place < most) {
      chosen.set(place, one);
    }
  }

  public List<T> chosen() {
    return List.copyOf(chosen);
  }
}
