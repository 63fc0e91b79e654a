package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed. */
class ArtifactsTest {

  /** Nobody calls them there; they come with libraries that would, for what we do not use. */
  @ParameterizedTest
  @ValueSource(strings = {"intake", "verification", "mail", "storage", "backup", "deletion"})
  void noArtifactCarriesWhatNobodyCalls(String function) throws IOException {
    assertThat(jars(function))
        .isNotEmpty()
        .noneMatch(jar -> jar.matches("(gson|json|javatuples)-[0-9].*"));
  }

  private static List<String> jars(String function) throws IOException {
    var artifact = Path.of("..", "functions", function, "target", "function.zip");
    try (var zip = new ZipFile(artifact.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.replaceFirst("lib/", ""))
          .toList();
    }
  }
}
