package io.vestibule.bench;

import io.vestibule.core.Json;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All figures of a run: told one by one as they come, as lines of a Markdown table, and written
 * down at the end.
 */
final class Figures {

  /** Under which conditions they came about. */
  record Machine(Instant at, String java, String architecture, int processors, double load) {

    private static Machine ofNow() {
      var system = ManagementFactory.getOperatingSystemMXBean();
      return new Machine(
          Instant.now(),
          Runtime.version().toString(),
          system.getArch(),
          system.getAvailableProcessors(),
          system.getSystemLoadAverage());
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "%s, Java %s, %s, %d processors, load %.2f at the beginning",
          at,
          java,
          architecture,
          processors,
          load);
    }
  }

  private record All(Machine machine, List<Figure> figures) {}

  private final Machine machine = Machine.ofNow();
  private final List<Figure> figures = new ArrayList<>();

  Figures() {
    System.out.println(machine.line() + "\n");
    print("figure", "value", "unit", "ratio", "to", "runs", "spread");
    print("---", "---:", "---", "---:", "---", "---:", "---:");
  }

  void add(Figure figure) {
    figures.add(figure);
    print(
        figure.name(),
        decimal(figure.value()),
        figure.unit(),
        figure.ratio() == null ? "" : decimal(figure.ratio()),
        figure.yardstick() == null ? "" : figure.yardstick(),
        figure.runs(),
        decimal(figure.spread()));
  }

  private static void print(Object... columns) {
    System.out.println(
        String.format(Locale.ROOT, "| %-45s | %7s | %-11s | %6s | %-44s | %4s | %6s |", columns));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Json.MAPPER
        .writerWithDefaultPrettyPrinter()
        .writeValue(file.toFile(), new All(machine, figures));
  }
}
