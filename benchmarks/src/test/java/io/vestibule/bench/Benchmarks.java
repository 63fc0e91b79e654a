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

  /** The parts that are asked for, with commas between them; none: all. */
  private static final String ONLY = System.getProperty("vestibule.only", "");

  private static final Path RESULTS = Path.of("..", "target", "bench.json");

  @Test
  void measure(@TempDir Path folder) throws Exception {
    assertThat(PackagedFunction.clientAndWhatItNeeds())
        .as("Lambda's client, which `make runtime` fetches")
        .isPresent();
    var figures = new Figures();
    try (var bench = new Bench(folder)) {
      if (isAskedFor("cold")) {
        bench.coldStarts().measure(ROUNDS, figures);
      }
    }
    figures.write(RESULTS);
  }

  private static boolean isAskedFor(String part) {
    return ONLY.isEmpty() || List.of(ONLY.split(",")).contains(part);
  }
}
