package io.vestibule.local.aws;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Which of the cases of a test a run goes through: a build goes through some that stand for all,
 * the same ones each time; a run with {@code -Dvestibule.cases=all}, as {@code make soak} has it,
 * goes through every one.
 */
public final class Cases {

  private static final boolean ALL = "all".equals(System.getProperty("vestibule.cases"));

  private Cases() {}

  /** Whether this run goes through every case. */
  public static boolean areAll() {
    return ALL;
  }

  /** The first case of each kind, in the order in which they are. */
  public static <T> List<T> ofEach(List<T> all, Function<? super T, ?> kind) {
    return ALL ? all : firstOfEach(all, kind);
  }

  /**
   * So many cases, the first and the last among them, as far apart as can be.
   *
   * @param most at least 2
   */
  public static <T> List<T> spread(List<T> all, int most) {
    return ALL ? all : farApart(all, most);
  }

  static <T> List<T> firstOfEach(List<T> all, Function<? super T, ?> kind) {
    var kinds = new HashSet<>();
    return all.stream().filter(it -> kinds.add(kind.apply(it))).toList();
  }

  static <T> List<T> farApart(List<T> all, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("the first and the last are two: " + most);
    }
    int last = all.size() - 1;
    return all.size() <= most
        ? all
        : IntStream.range(0, most).mapToObj(it -> all.get(it * last / (most - 1))).toList();
  }
}
