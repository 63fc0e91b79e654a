package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed. */
class ArtifactsTest {

  /** Nobody calls them there; they come with libraries that would, for what we do not use. */
  @ParameterizedTest
  @ValueSource(
      strings = {"intake", "verification", "mail", "storage", "upkeep", "backup", "deletion"})
  void noArtifactCarriesWhatNobodyCalls(String function) throws IOException {
    assertThat(jars(function))
        .isNotEmpty()
        .noneMatch(jar -> jar.matches("(gson|json|javatuples)-[0-9].*"));
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = "sbom.phase", matches = "package", disabledReason = "make sbom")
  @ValueSource(
      strings = {"intake", "verification", "mail", "storage", "upkeep", "backup", "deletion"})
  void theBillOfMaterialsNamesWhatTheArtifactCarries(String function) throws IOException {
    var bill = Json.MAPPER.readTree(target(function, "function.cdx.json").toFile());

    assertThat(named(bill)).containsExactlyInAnyOrderElementsOf(jars(function));
    assertThat(bill.has("serialNumber")).as("another one in each build").isFalse();
  }

  private static List<String> named(JsonNode bill) {
    return Stream.concat(
            Stream.of(bill.path("metadata").path("component")),
            bill.path("components").valueStream())
        .map(it -> it.path("name").asText() + "-" + it.path("version").asText() + ".jar")
        .toList();
  }

  private static List<String> jars(String function) throws IOException {
    try (var zip = new ZipFile(target(function, "function.zip").toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.replaceFirst("lib/", ""))
          .toList();
    }
  }

  private static Path target(String function, String file) {
    return Path.of("..", "..", "functions", function, "target", file);
  }
}
