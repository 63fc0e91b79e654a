package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Json;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlarmsTest {

  /** An alarm about what nobody counts never goes off, and nobody notices. */
  @Test
  void everyAlarmOfOursWatchesACounterThatThereIs() throws IOException {
    var counted = Stream.of(Counter.values()).map(Counter::metric).toList();
    var watched =
        Template.read(Path.of("..", "..", "template.yaml"))
            .section("Resources")
            .valueStream()
            .filter(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
            .map(resource -> resource.path("Properties"))
            .filter(alarm -> alarm.path("Namespace").asText().equals("Vestibule"))
            .map(alarm -> alarm.path("MetricName").asText())
            .toList();

    assertThat(watched).isNotEmpty();
    assertThat(counted).containsAll(watched);
  }

  /** A line for what nobody counts stays at nothing, and looks like good news. */
  @Test
  void theDashboardShowsCountersThatThereAre() throws IOException {
    var body =
        Template.read(Path.of("..", "..", "template.yaml"))
            .section("Resources")
            .at("/Dashboard/Properties/DashboardBody/Fn::Sub/0")
            .asText();
    var shown =
        Json.MAPPER.readTree(body).findValues("metrics").stream()
            .flatMap(JsonNode::valueStream)
            .filter(metric -> metric.path(0).asText().equals("Vestibule"))
            .map(metric -> metric.path(1).asText())
            .toList();

    assertThat(shown).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    assertThat(Stream.of(Counter.values()).map(Counter::metric)).containsAll(shown);
  }
}
