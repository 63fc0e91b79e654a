package io.vestibule.local.walls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deployed. */
@Tag("slow") // It needs the artifacts, which make check does not build.
class ArtifactsTest {

  private static final List<String> PAPERS = List.of("LICENSE", "NOTICE");

  /** The most megabytes (of a million bytes) that each may have: a start fetches and opens it. */
  private static final Map<String, Integer> BUDGETS =
      Map.of(
          "intake", 15,
          "verification", 15,
          "mail", 21,
          "storage", 18,
          "upkeep", 23,
          "backup", 22,
          "deletion", 25,
          "delivery", 24,
          "door", 22,
          "staff", 30);

  static Stream<String> functions() {
    return BUDGETS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void noArtifactIsHeavierThanItsBudget(String function) throws IOException {
    long budget = requireNonNull(BUDGETS.get(function)) * 1_000_000L;

    assertThat(Files.size(target(function, "function.zip"))).isLessThanOrEqualTo(budget);
  }

  /** Nobody calls them there; they come with libraries that would, for what we do not use. */
  @ParameterizedTest
  @MethodSource("functions")
  void noArtifactCarriesWhatNobodyCalls(String function) throws IOException {
    assertThat(jars(function))
        .isNotEmpty()
        .noneMatch(
            jar ->
                jar.matches(
                    "(gson|json|log4j-.*|powertools-(logging|metrics).*|commons-lang3|jmespath.*)-[0-9].*"));
  }

  /** What API Gateway sends is read as JSON. */
  @ParameterizedTest
  @ValueSource(strings = {"intake", "verification"})
  void whatFacesTheInternetCarriesNothingForOtherEvents(String function) throws IOException {
    assertThat(jars(function))
        .noneMatch(jar -> jar.matches("(aws-lambda-java-events|joda-time|aws-embedded).*"));
  }

  /** Who passes an artifact on must pass them on, too (Apache-2.0, section 4). */
  @ParameterizedTest
  @MethodSource("functions")
  void everyArtifactCarriesTheLicenceAndTheNotice(String function) throws IOException {
    try (var zip = new ZipFile(target(function, "function.zip").toFile())) {
      for (var paper : PAPERS) {
        assertThat(zip.getEntry(paper)).as(paper).isNotNull();
        try (var packed = zip.getInputStream(zip.getEntry(paper))) {
          assertThat(packed.readAllBytes()).as(paper).isEqualTo(original(paper));
        }
      }
    }
  }

  @Test
  void theLocalRunCarriesTheLicenceAndTheNotice() throws IOException {
    for (var paper : PAPERS) {
      assertThat(Path.of("../host/target/classes/META-INF", paper))
          .hasBinaryContent(original(paper));
    }
  }

  @ParameterizedTest
  @EnabledIfSystemProperty(named = "sbom.phase", matches = "package", disabledReason = "make sbom")
  @MethodSource("functions")
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

  private static byte[] original(String paper) throws IOException {
    return Files.readAllBytes(Path.of("..", "..", paper));
  }

  private static Path target(String function, String file) {
    return Path.of("..", "..", "functions", function, "target", file);
  }
}
