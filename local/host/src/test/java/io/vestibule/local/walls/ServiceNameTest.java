package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Alarms find what functions count, in an installation that is not the only one of its account. */
class ServiceNameTest extends Journey {

  private static final String NAME = "shop-vestibule";

  @Override
  protected Map<String, String> parameters() {
    return Map.of("Prefix", "shop-");
  }

  @Test
  void whatIsCountedBearsTheNamespaceAndTheDimensionThatAlarmsFilterBy() throws IOException {
    var counts = printed().stream().filter(line -> line.has("_aws")).toList();

    assertThat(alarms())
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

  private static List<JsonNode> alarms() throws IOException {
    return Template.read(TEMPLATE)
        .section("Resources")
        .valueStream()
        .filter(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .map(resource -> resource.path("Properties"))
        .filter(alarm -> alarm.has("Namespace"))
        .filter(alarm -> !alarm.path("Namespace").asText().startsWith("AWS/"))
        .toList();
  }

  /** As CloudFormation works it out. */
  private static String value(JsonNode alarm) {
    return alarm.at("/Dimensions/0/Value/Fn::Sub").asText().replace("${Prefix}", "shop-");
  }
}
