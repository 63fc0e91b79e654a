import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the sources that were generated from a module's pages as old as the newest of the pages.
 * They are generated anew by every build, and would each time have the module compiled again, and
 * all that need it: a minute of every build.
 *
 * <p>Run in the module's folder.
 */
class AgeOfPages {

  private static final Path PAGES = Path.of("src", "main", "jte");
  private static final Path GENERATED = Path.of("target", "generated-sources", "jte");

  public static void main(String[] args) throws IOException {
    if (Files.isDirectory(PAGES)) {
      FileTime age = FileTime.fromMillis(0);
      for (Path page : files(PAGES)) {
        FileTime changed = Files.getLastModifiedTime(page);
        age = changed.compareTo(age) > 0 ? changed : age;
      }
      for (Path source : files(GENERATED)) {
        Files.setLastModifiedTime(source, age);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
