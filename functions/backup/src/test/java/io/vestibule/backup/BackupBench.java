package io.vestibule.backup;

import io.vestibule.core.Json;
import io.vestibule.keys.FunctionProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast backups and restores are, beside the least that anybody could do: a parallel scan that
 * only compresses, and parallel batch writes of what is made on the way. {@code make bench-backup}.
 *
 * <p>Each pair runs in a JVM of its own, in turns, with the template's variables and so its
 * compiler; the embedded parts run here. The median of the rounds counts, as the first is cold.
 */
class BackupBench extends BackupAccount {

  private static final int CUSTOMERS = Integer.getInteger("customers", 100_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final List<String> SMALL_HEAP = List.of("-Xmx128m");

  @Test
  void compare(@TempDir Path folder) throws Exception {
    new ManyCustomers(backups.dynamoDb()).fill("customers", 0, CUSTOMERS);
    compare("bare scan, gzip", "backup", "BackupFunction", folder);
    for (int round = 0; round < ROUNDS; round++) {
      backups.createTable(BenchedFunction.BARE + round, "customerId");
    }
    compare("bare batch writes", "restore", "RestoreFunction", folder);
  }

  private void compare(String bare, String ours, String function, Path folder) throws Exception {
    Path results = folder.resolve(ours + ".json");
    var arguments =
        List.of(ours, String.valueOf(CUSTOMERS), String.valueOf(ROUNDS), results.toString());
    new FunctionProcess(account, function)
        .run(BenchedFunction.class, SMALL_HEAP, arguments, folder.resolve(ours + ".log"));
    List<Double> ratios = new ArrayList<>();
    for (var round : Json.MAPPER.readValue(results.toFile(), BenchedFunction.Round[].class)) {
      print(bare, round.bare());
      print(ours, round.ours());
      ratios.add(round.bare().seconds() / round.ours().seconds());
    }
    double median = ratios.stream().sorted().toList().get(ratios.size() / 2);
    print("%s / %s: %.2f%n", ours, bare, median);
  }

  private static void print(String what, BenchedFunction.Figures figures) {
    double megabytes = (double) CUSTOMERS * ManyCustomers.BYTES / (1 << 20);
    print(
        "%-20s %7.1f s %9.0f items/s %7.1f MB/s   peak heap %4d MB",
        what,
        figures.seconds(),
        CUSTOMERS / figures.seconds(),
        megabytes / figures.seconds(),
        figures.heap() >> 20);
  }

  @SuppressWarnings("AnnotateFormatMethod") // Only called with the formats above.
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
