package io.vestibule.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.packaged.PackagedFunction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make bench}: what the functions take of a machine, beside the least that anybody could
 * take. Nothing is asserted of a time.
 */
class Benchmarks {

  private static final int ROUNDS = Integer.getInteger("vestibule.rounds", 5);
  private static final int PEOPLE = Integer.getInteger("vestibule.people", 1_400);

  /** The parts that are asked for, with commas between them; none: all. */
  private static final String ONLY = System.getProperty("vestibule.only", "");

  private static final Path RESULTS = Path.of("..", "target", "bench.json");

  @Test
  void measure(@TempDir Path folder) throws Exception {
    assertThat(PackagedFunction.clientAndWhatItNeeds())
        .as("Lambda's client, which `make runtime` fetches")
        .isPresent();
    var figures = new Figures();
    if (isAskedFor("cold") || isAskedFor("warm")) {
      functions(folder, figures);
    }
    if (isAskedFor("pipeline")) {
      try (var system = Bench.system()) {
        new Pipeline(system, PEOPLE / 5, ROUNDS).measure(figures);
      }
    }
    if (isAskedFor("money")) {
      Money.read(Bench.TOP.resolve("docs/costs.md")).tell(figures);
    }
    figures.write(RESULTS);
  }

  private static void functions(Path folder, Figures figures) throws Exception {
    try (var bench = new Bench(folder)) {
      var door = new Door(bench);
      bench.host().stopEvents(); // Nothing of the system runs beside what is measured.
      if (isAskedFor("cold")) {
        new ColdStarts(bench, door, ROUNDS).measure(figures);
      }
      if (isAskedFor("warm")) {
        new WarmWay(bench, PEOPLE, ROUNDS).measure(figures);
      }
    }
  }

  private static boolean isAskedFor(String part) {
    return ONLY.isEmpty() || List.of(ONLY.split(",")).contains(part);
  }
}
