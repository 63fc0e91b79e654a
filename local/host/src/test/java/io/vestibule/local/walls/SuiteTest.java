package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code make test} runs the tests that {@code local/suite} names, and no others. */
class SuiteTest {

  private static final Path TOP = Path.of("..", "..");

  /** Runs its own: what it compares functions with is for no other module's class path. */
  private static final String BENCHMARKS = "benchmarks";

  private static final Pattern MODULE = Pattern.compile("<module>([\\w/]+)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([\\w-]+)<");
  private static final Pattern TESTS =
      Pattern.compile(
          "<artifactId>([\\w-]+)</artifactId>\\s*<version>[^<]*</version>\\s*<type>test-jar</type>");

  @Test
  void itNamesEachModuleThatHasTests() throws IOException {
    var named = found(TESTS, TOP.resolve("local/suite/pom.xml"));

    assertThat(named).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(withTests());
  }

  private static List<String> withTests() throws IOException {
    var artifacts = new ArrayList<String>();
    for (String module : found(MODULE, TOP.resolve("pom.xml"))) {
      Path folder = TOP.resolve(module);
      if (Files.exists(folder.resolve("src/test")) && !module.equals(BENCHMARKS)) {
        artifacts.addAll(found(ARTIFACT, folder.resolve("pom.xml")));
      }
    }
    return artifacts;
  }

  private static List<String> found(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(it -> it.group(1)).toList();
  }
}
