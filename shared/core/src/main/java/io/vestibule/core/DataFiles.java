package io.vestibule.core;

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

/** Lists JSON files on the classpath, so that adding a form or a language is adding a file. */
public final class DataFiles {

  private DataFiles() {}

  /**
   * The names of all files in a folder, sorted and without {@code .json}.
   *
   * @param folder right below the root
   * @param known a file that is in it for certain
   */
  public static List<String> in(String folder, String known) {
    URL file = DataFiles.class.getResource("/%s/%s.json".formatted(folder, known));
    var names = Pattern.compile("%s/([A-Za-z0-9-]+)\\.json".formatted(folder));
    try (Stream<String> paths = beside(folder, Objects.requireNonNull(file))) {
      return paths
          .map(names::matcher)
          .filter(Matcher::matches)
          .map(name -> name.group(1))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The files in " + folder + " cannot be listed", e);
    }
  }

  /** Paths of everything in the same folder: of a jar once packaged, of the disk before. */
  private static Stream<String> beside(String folder, URL file) throws IOException {
    if (file.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFile().stream().map(entry -> entry.getName());
    }
    Path onDisk = Path.of(URI.create(file.toString())).resolveSibling("");
    return Arrays.stream(Objects.requireNonNull(onDisk.toFile().list()))
        .map(name -> folder + "/" + name);
  }
}
