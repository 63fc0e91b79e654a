package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterTest {

  @Test
  void aCountIsOneLineInTheEmbeddedMetricFormatThatTheAlarmsWatch() throws Exception {
    var line = printed(Counter.SUBMISSION_FORGED::increment).getFirst();

    assertThat(line.path("SubmissionForged").asInt()).isEqualTo(1);
    var directive = line.path("_aws").path("CloudWatchMetrics").path(0);
    assertThat(directive.path("Namespace").asText()).isEqualTo("Vestibule");
    assertThat(directive.path("Dimensions")).hasToString("[[\"Service\"]]");
  }

  @Test
  void whatIsCountedOfAFormIsCountedOfTheInstallationToo() throws Exception {
    var lines = printed(() -> Counter.SUBMISSION_ACCEPTED.increment("contact"));

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst().path("SubmissionAccepted").asInt()).isEqualTo(1);
    assertThat(dimensions(lines.getFirst())).isEqualTo("[[\"Service\"],[\"Service\",\"Form\"]]");
    assertThat(lines.getFirst().path("Form").asText()).isEqualTo("contact");
  }

  @Test
  void theBooksOfAFormAreOneLineThatTellsNothingsToo() throws Exception {
    var line =
        printed(() -> Gauge.BOOKS.publish("contact", Map.of("accepted", 2, "open", 0))).getFirst();

    assertThat(line.path("BooksAccepted").asInt()).isEqualTo(2);
    assertThat(line.path("BooksOpen").asInt(-1)).isZero();
    assertThat(dimensions(line)).isEqualTo("[[\"Service\",\"Form\"]]");
  }

  private static String dimensions(JsonNode line) {
    return line.path("_aws").path("CloudWatchMetrics").path(0).path("Dimensions").toString();
  }

  private static List<JsonNode> printed(Runnable work) throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
    try (var lines =
        Json.MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(printed.toByteArray())) {
      return lines.readAll();
    }
  }
}
