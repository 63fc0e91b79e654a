package io.vestibule.local.walls;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Papers say of each control, attack or fact which test shows it. */
class SecurityPaperTest {

  private static final Path TOP = Path.of("..", "..");

  /** A test's class, or one of its methods, as code. */
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Fuzzer))(?:\\.(\\w+))?`");

  /** Those that there are, by the names of their files. */
  private static final Map<String, List<Path>> SOURCES = sources();

  private record Named(String type, String method) {}

  @ParameterizedTest
  @ValueSource(strings = {"SECURITY.md", "docs/architecture.md", "docs/partners.md"})
  void everyTestThatItNamesIsThere(String paper) throws IOException {
    var named =
        NAMED
            .matcher(Files.readString(TOP.resolve(paper)))
            .results()
            .map(it -> new Named(it.group(1), it.group(2) == null ? "" : it.group(2)))
            .toList();

    assertThat(named)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            it ->
                assertThat(SOURCES.getOrDefault(it.type() + ".java", List.of()))
                    .as(it.toString())
                    .anySatisfy(
                        source -> assertThat(source).content().contains(" " + it.method())));
  }

  private static Map<String, List<Path>> sources() {
    try (Stream<Path> files = Files.walk(TOP, 14)) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .collect(groupingBy(file -> file.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
