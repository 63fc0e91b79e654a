package io.vestibule.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of forms, targets and languages, so that adding one is adding a file. They are on the
 * classpath; a run on its owner's own machine has them in a folder instead, where they may change.
 */
public final class DataFiles {

  private static volatile @Nullable Path folder;

  private DataFiles() {}

  /**
   * From now on all files are read in a folder that has {@code forms}, {@code targets} and {@code
   * wording}; empty: on the classpath again. What was read before stays as it was read.
   */
  public static void readIn(Optional<Path> ofTheOwner) {
    folder = ofTheOwner.orElse(null);
  }

  /**
   * Opens a file.
   *
   * @param path such as {@code forms/contact.json}
   * @return null if there is none
   */
  public static @Nullable InputStream open(String path) throws IOException {
    Path own = folder;
    if (own == null) {
      return DataFiles.class.getResourceAsStream("/" + path);
    }
    Path file = own.resolve(path);
    return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
  }

  /**
   * The names of all files in a folder, sorted and without {@code .json}.
   *
   * @param folder right below the root
   * @param known a file that is in it for certain
   */
  public static List<String> in(String folder, String known) {
    var names = Pattern.compile("%s/([A-Za-z0-9-]+)\\.json".formatted(folder));
    try (Stream<String> paths = paths(folder, known)) {
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

  /** Paths of everything in a folder: of a jar once packaged, of the disk before. */
  private static Stream<String> paths(String folder, String known) throws IOException {
    Path own = DataFiles.folder;
    if (own != null) {
      return onDisk(folder, own.resolve(folder));
    }
    URL file =
        Objects.requireNonNull(DataFiles.class.getResource("/%s/%s.json".formatted(folder, known)));
    if (file.openConnection() instanceof JarURLConnection jar) {
      return jar.getJarFile().stream().map(entry -> entry.getName());
    }
    return onDisk(folder, Path.of(URI.create(file.toString())).resolveSibling(""));
  }

  private static Stream<String> onDisk(String folder, Path place) {
    return Arrays.stream(Objects.requireNonNull(place.toFile().list()))
        .map(name -> folder + "/" + name);
  }
}
