package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alarms find what functions count, in an installation that is not the only one of its account. */
class ServiceNameTest extends Journey {

  private static final String NAME = "shop-vestibule";

  @Override
  protected Map<String, String> parameters() {
    return Map.of("Prefix", "shop-");
  }

  @Test
  void whatIsCountedBearsTheNamespaceAndTheDimensionThatAlarmsFilterBy() throws IOException {
    countsAreFoundBy(alarms(Files.readString(TEMPLATE)));
  }

  /** In an alarm of one metric, and in one that adds up several. */
  @ParameterizedTest
  @CsvSource({
    "BackupAlarm, Namespace: Vestibule, Namespace: Vestibules",
    "BackupAlarm, '{Name: Service,', '{Name: FunctionName,'",
    "BackupAlarm, ${Prefix}vestibule, vestibule",
    "BackupAlarm, 'Statistic:', '  - {Name: Form, Value: contact}\n      Statistic:'",
    "CanaryFailedAlarm, '{Name: Service,', '{Name: FunctionName,'",
  })
  void anAlarmThatFiltersByAnythingElseIsSeen(String alarm, String right, String wrong)
      throws IOException {
    var template = Files.readString(TEMPLATE);
    var broken = alarms(Broken.text(template, "\n  %s:\n".formatted(alarm), right, wrong));

    assertThatThrownBy(() -> countsAreFoundBy(broken)).isInstanceOf(AssertionError.class);
  }

  private void countsAreFoundBy(List<JsonNode> alarms) throws IOException {
    var counts = printed().stream().filter(line -> line.has("_aws")).toList();

    assertThat(alarms)
        .isNotEmpty()
        .allSatisfy(
            alarm ->
                assertThat(counts)
                    .isNotEmpty()
                    .allSatisfy(
                        count -> {
                          var metric = count.at("/_aws/CloudWatchMetrics/0");
                          assertThat(metric.path("Namespace")).isEqualTo(alarm.path("Namespace"));
                          assertThat(metric.at("/Dimensions/0/0"))
                              .isEqualTo(alarm.at("/Dimensions/0/Name"));
                          assertThat(metric.at("/Dimensions/0")).hasSize(1);
                          assertThat(alarm.path("Dimensions")).hasSize(1);
                          assertThat(count.path("Service").asText()).isEqualTo(value(alarm));
                        }));
  }

  @Test
  void whatIsLoggedBearsTheSameNameAndThatOfTheFunction() throws IOException {
    assertThat(printed())
        .filteredOn(line -> !line.has("_aws"))
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.path("service").asText()).isEqualTo(NAME);
              assertThat(line.path("function_name").asText()).isEqualTo("KeyRotationFunction");
            });
  }

  /** It has run: without a key nothing can be taken in. */
  private List<JsonNode> printed() throws IOException {
    var lines = String.join("\n", host.logs().getOrDefault("KeyRotationFunction", List.of()));
    try (var documents = Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(lines)) {
      return documents.readAll();
    }
  }

  /**
   * What each of them watches of ours, with the namespace and the dimensions that it filters by.
   */
  private static List<JsonNode> alarms(String template) {
    return Template.parse(template)
        .section("Resources")
        .valueStream()
        .filter(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .flatMap(alarm -> alarm.findParents("Namespace").stream())
        .filter(alarm -> !alarm.path("Namespace").asText().startsWith("AWS/"))
        .toList();
  }

  /** As CloudFormation works it out. */
  private static String value(JsonNode alarm) {
    return alarm.at("/Dimensions/0/Value/Fn::Sub").asText().replace("${Prefix}", "shop-");
  }
}
