import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks ({@code check}) or rewrites ({@code write}) every Java file of the project with
 * google-java-format. Run by the build on the JDK that the project targets: the formatter uses that
 * JDK's own parser, so a plugin inside an older Maven JVM could not read today's syntax. A file
 * that has not changed since all were found formatted is not looked at again.
 */
class Format {

  private static final Path STAMP = Path.of("target", "tools", "formatted");

  public static void main(String[] args) throws Exception {
    boolean write = args[0].equals("write");
    FileTime begin = FileTime.from(Instant.now());
    var formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    List<Path> unformatted = new ArrayList<>();
    FileTime checked = lastCheck();
    for (Path file : sources()) {
      if (Files.getLastModifiedTime(file).compareTo(checked) <= 0) {
        continue;
      }
      String before = Files.readString(file);
      String after =
          formatter.formatSource(
              RemoveUnusedImports.removeUnusedImports(
                  ImportOrderer.reorderImports(before, JavaFormatterOptions.Style.GOOGLE)));
      if (!after.equals(before)) {
        unformatted.add(file);
        if (write) {
          Files.writeString(file, after);
        }
      }
    }
    if (!write && !unformatted.isEmpty()) {
      System.err.println("Not formatted (run `make format`):");
      unformatted.forEach(file -> System.err.println("  " + file));
      System.exit(1);
    }
    Files.createDirectories(STAMP.getParent());
    Files.write(STAMP, new byte[0]);
    Files.setLastModifiedTime(STAMP, begin);
  }

  /** When all files were found formatted last: what is older is so still. */
  private static FileTime lastCheck() throws IOException {
    boolean isOfThisFormatter =
        Files.exists(STAMP) && isNewer(Path.of("pom.xml")) && isNewer(Path.of("tools/Format.java"));
    return isOfThisFormatter ? Files.getLastModifiedTime(STAMP) : FileTime.fromMillis(0);
  }

  private static boolean isNewer(Path source) throws IOException {
    return Files.getLastModifiedTime(STAMP).compareTo(Files.getLastModifiedTime(source)) > 0;
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of(""))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.startsWith("target") && !file.toString().contains("/target/"))
          .sorted()
          .toList();
    }
  }
}
