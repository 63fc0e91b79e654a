import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Compares ({@code check}) what a whole test run has shown with what the runs before it have shown,
 * or takes it down ({@code write}): the calls of AWS that functions make, and the tests that there
 * are. So nothing that was proven gets lost while code and tests move.
 *
 * <p>A line that begins with {@code ?} may be missing: whether a run shows it is decided by a race,
 * or by a program that is not on every machine. A test that is missing or new fails the check.
 * Calls that differ are told only, as races decide about some of them too.
 */
class Inventory {

  private static final Path GOLDEN = Path.of("local", "host", "src", "test", "golden");
  private static final Path CALLS = GOLDEN.resolve("calls.txt");
  private static final Path TESTS = GOLDEN.resolve("tests.txt");
  private static final Path CALLS_SEEN = Path.of("target", "calls.txt");
  private static final String BY_LUCK = "? ";

  /**
   * Of a parameterised test only the method's name: what is in brackets is its parameters. One that
   * is switched off shows nothing, and so is none; one that an outside emulator's faults ended
   * half-way (its skip has a type) is one.
   */
  private static final Pattern TEST =
      Pattern.compile(
          "<testcase name=\"(\\w+)[^\"]*\" classname=\"([\\w.$]+)\"[^>]*>(?!\\s*<skipped message)");

  /** Of a class that needs what is not here, the report has the name and the reason. */
  private static final Pattern NOT_RUN =
      Pattern.compile(
          "<testcase name=\"\" classname=\"([\\w.$]+)\"[^>]*>\\s*<skipped message=\"Not run[: ]");

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    var calls = new Inventory(CALLS, calls());
    var tests = new Inventory(TESTS, tests(TESTS));
    if (write) {
      calls.write();
      tests.write();
      return;
    }
    boolean sameCalls = calls.check();
    boolean sameTests = tests.check();
    if (!sameCalls || !sameTests) {
      System.err.println(
          "If every difference is meant, `make inventory` writes it down; say why in the commit.");
    }
    if (!sameTests) {
      System.exit(1);
    }
  }

  private final Path golden;
  private final SortedSet<String> shown;
  private final SortedSet<String> expected = new TreeSet<>();
  private final SortedSet<String> byLuck = new TreeSet<>();

  private Inventory(Path golden, SortedSet<String> shown) throws IOException {
    this.golden = golden;
    this.shown = shown;
    for (String line : Files.readAllLines(golden)) {
      if (line.startsWith(BY_LUCK)) {
        byLuck.add(line.substring(BY_LUCK.length()));
      } else {
        expected.add(line);
      }
    }
  }

  /** Says what is new and what is missing; whether neither is. */
  private boolean check() {
    var missing = without(expected, shown);
    var unexpected = without(without(shown, expected), byLuck);
    missing.forEach(line -> System.err.println(golden + ": missing: " + line));
    unexpected.forEach(line -> System.err.println(golden + ": new: " + line));
    return missing.isEmpty() && unexpected.isEmpty();
  }

  /** What is there by luck keeps its mark, also when it is not there this time. */
  private void write() throws IOException {
    var lines = without(shown, byLuck);
    byLuck.forEach(line -> lines.add(BY_LUCK + line));
    Files.write(golden, lines);
  }

  private static SortedSet<String> without(SortedSet<String> lines, SortedSet<String> others) {
    var rest = new TreeSet<>(lines);
    rest.removeAll(others);
    return rest;
  }

  private static SortedSet<String> calls() throws IOException {
    return new TreeSet<>(Files.readAllLines(CALLS_SEEN));
  }

  /** Those of a class that was not run count as they stand in the golden file. */
  private static SortedSet<String> tests(Path golden) throws IOException {
    var tests = new TreeSet<String>();
    for (Path report : reports()) {
      String text = Files.readString(report);
      TEST.matcher(text)
          .results()
          .map(test -> test.group(2) + "." + test.group(1))
          .forEach(tests::add);
      for (var notRun : NOT_RUN.matcher(text).results().toList()) {
        Files.readAllLines(golden).stream()
            .filter(line -> line.startsWith(notRun.group(1) + "."))
            .forEach(tests::add);
      }
    }
    return tests;
  }

  private static List<Path> reports() throws IOException {
    try (var files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> file.toString().matches(".*/surefire-reports/TEST-[^/]*\\.xml"))
          .toList();
    }
  }
}
