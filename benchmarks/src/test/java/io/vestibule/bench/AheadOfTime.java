package io.vestibule.bench;

import io.vestibule.local.packaged.PackagedFunction;
import io.vestibule.local.packaged.PackagedFunction.Code;
import io.vestibule.local.packaged.PackagedFunction.Initialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A function with a cache of what Java otherwise works out at each start, for who runs it in an
 * image or on a Java of their own. All that it needs lies in one folder, {@code target/aot}:
 *
 * <ul>
 *   <li>{@code jars}: its libraries, and Lambda's client, all on Java's own class path: what other
 *       class loaders load is not kept.
 *   <li>{@code class-path}: their order, as options of Java. The cache is good for this order only,
 *       and for the very build of Java that has made it.
 *   <li>{@code function.aot}: the cache.
 * </ul>
 *
 * @param module the folder of the function's module
 * @see <a href="https://openjdk.org/jeps/514">JEP 514</a>
 */
record AheadOfTime(Path module) {

  private static final String CACHE = "function.aot";
  private static final String CLASS_PATH = "class-path";
  private static final int POSTS = 30;

  private Path folder() {
    return module.resolve("target").resolve("aot").toAbsolutePath().normalize();
  }

  /** The same function with its cache; empty if there is none. */
  Optional<Subject> subject(Subject unpacked) {
    return Files.exists(folder().resolve(CACHE))
        ? Optional.of(with(unpacked, unpacked.name() + " with a cache", "-XX:AOTCache=" + CACHE))
        : Optional.empty();
  }

  /**
   * Makes the folder anew. The function is watched while it answers, and writes the cache at its
   * end.
   *
   * @param log the file that it writes to
   */
  void make(Subject unpacked, Path log) throws IOException, InterruptedException {
    var jars = Files.createDirectories(folder().resolve("jars"));
    Files.deleteIfExists(folder().resolve(CACHE));
    List<String> classPath = new ArrayList<>();
    for (var jar : libraries(unpacked)) {
      var copy = jars.resolve(jar.getFileName());
      Files.deleteIfExists(copy);
      Files.copy(jar, copy);
      classPath.add(folder().relativize(copy).toString());
    }
    Files.writeString(
        folder().resolve(CLASS_PATH),
        "--class-path " + String.join(File.pathSeparator, classPath) + "\n");
    var watched = with(unpacked, unpacked.name(), "-XX:AOTCacheOutput=" + CACHE);
    try (var function = Running.start(watched, Initialization.ON_DEMAND, log)) {
      for (int post = 0; post < POSTS; post++) {
        function.answer(unpacked.events().get());
      }
      function.process().end();
    }
    if (!Files.exists(folder().resolve(CACHE))) {
      throw new IllegalStateException("No cache was written:\n" + Files.readString(log));
    }
  }

  private static List<Path> libraries(Subject unpacked) throws IOException {
    var all = new ArrayList<>(PackagedFunction.clientAndWhatItNeeds().orElseThrow());
    var names = all.stream().map(Path::getFileName).collect(Collectors.toSet());
    try (var files = Files.list(unpacked.code().folder().resolve("lib"))) {
      files.sorted().filter(file -> !names.contains(file.getFileName())).forEach(all::add);
    }
    return all;
  }

  private Subject with(Subject unpacked, String name, String option) {
    var code = unpacked.code();
    return new Subject(
        name,
        new Code(folder(), code.handler(), code.variables(), List.of(option, "@" + CLASS_PATH)),
        unpacked.events());
  }
}
