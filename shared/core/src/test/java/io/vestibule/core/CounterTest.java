package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class CounterTest {

  @Test
  void aCountIsOneLineInTheEmbeddedMetricFormatThatTheAlarmsWatch() throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      Counter.SUBMISSION_FORGED.increment();
    } finally {
      System.setOut(before);
    }

    var line = Json.MAPPER.readTree(printed.toByteArray());
    assertThat(line.path("SubmissionForged").asInt()).isEqualTo(1);
    var directive = line.path("_aws").path("CloudWatchMetrics").path(0);
    assertThat(directive.path("Namespace").asText()).isEqualTo("Vestibule");
    assertThat(directive.path("Dimensions")).hasToString("[[\"Service\"]]");
  }
}
