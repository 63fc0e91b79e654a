package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Json;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmsTest {

  private static final List<String> COUNTED =
      Stream.of(Counter.values()).map(Counter::metric).toList();

  private final String template;

  AlarmsTest() throws IOException {
    template = Files.readString(Path.of("..", "..", "template.yaml"));
  }

  /** An alarm about what nobody counts never goes off, and nobody notices. */
  @Test
  void everyAlarmOfOursWatchesACounterThatThereIs() {
    alarmsWatchCounters(template);
  }

  @ParameterizedTest
  @CsvSource({"BackupAlarm, BackupTaken", "CanaryFailedAlarm, CanaryFailed"})
  void anAlarmThatWatchesWhatNobodyCountsIsSeen(String alarm, String metric) {
    var broken = Broken.text(template, "\n  %s:\n".formatted(alarm), metric, "Nothing");

    assertThatThrownBy(() -> alarmsWatchCounters(broken)).isInstanceOf(AssertionError.class);
  }

  /** One that adds up several metrics names each of them further down. */
  private static void alarmsWatchCounters(String template) {
    var watched =
        Template.parse(template)
            .section("Resources")
            .valueStream()
            .filter(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
            .flatMap(alarm -> alarm.findParents("Namespace").stream())
            .filter(metric -> metric.path("Namespace").asText().equals("Vestibule"))
            .map(metric -> metric.path("MetricName").asText())
            .toList();

    assertThat(watched).isNotEmpty();
    assertThat(COUNTED).containsAll(watched);
  }

  /** A line for what nobody counts stays at nothing, and looks like good news. */
  @Test
  void theDashboardShowsCountersThatThereAre() throws IOException {
    dashboardShowsCounters(template);
  }

  @ParameterizedTest
  @CsvSource({"DrillPassed, Nothing", "DrillPassed, BackupTaken"})
  void aLineOfTheDashboardForNothingOrForWhatItShowsAlreadyIsSeen(String right, String wrong) {
    var broken = Broken.text(template, "\n  Dashboard:\n", right, wrong);

    assertThatThrownBy(() -> dashboardShowsCounters(broken)).isInstanceOf(AssertionError.class);
  }

  private static void dashboardShowsCounters(String template) throws IOException {
    var body =
        Template.parse(template)
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
    assertThat(COUNTED).containsAll(shown);
  }
}
