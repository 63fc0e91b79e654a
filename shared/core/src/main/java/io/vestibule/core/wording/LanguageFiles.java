package io.vestibule.core.wording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lists the wording files, so that adding a language is adding a file and nothing else. */
final class LanguageFiles {

  private static final Pattern FILE = Pattern.compile("(?:^|.*/)wording/([A-Za-z0-9-]+)\\.json");

  private LanguageFiles() {}

  static List<String> list() {
    URL folder = Objects.requireNonNull(Wordings.class.getResource("/wording/en.json"));
    try (Stream<String> paths = beside(folder)) {
      return paths
          .map(FILE::matcher)
          .filter(Matcher::matches)
          .map(file -> file.group(1))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The wording files cannot be listed", e);
    }
  }

  /** Paths of everything in the same folder: of a jar once packaged, of the disk before. */
  private static Stream<String> beside(URL file) throws IOException {
    if (file.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFile().stream().map(entry -> entry.getName());
    }
    Path folder = Path.of(URI.create(file.toString())).resolveSibling("");
    return Arrays.stream(Objects.requireNonNull(folder.toFile().list()))
        .map(name -> "wording/" + name);
  }
}
