import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The modules of the build, as the poms name them. */
final class Modules {

  /** Not those in {@code tools}: what lies there is about all the others. */
  private static final Pattern MODULE = Pattern.compile("<module>(?!tools/)([\\w/]+)</module>");

  private static final Pattern OURS =
      Pattern.compile("<artifactId>(vestibule-[\\w-]+)</artifactId>");

  private Modules() {}

  /** Their folders, in the order of the build. */
  static List<String> all() throws IOException {
    return found(MODULE, Path.of("pom.xml"));
  }

  /** A module's own artifact first, and then those of ours that it uses. */
  static List<String> artifacts(String module) throws IOException {
    return found(OURS, Path.of(module, "pom.xml"));
  }

  private static List<String> found(Pattern pattern, Path pom) throws IOException {
    return pattern.matcher(Files.readString(pom)).results().map(it -> it.group(1)).toList();
  }
}
