package io.vestibule.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What is logged, as it stands in the log. */
class LineTest {

  private static final Logger LOG = LoggerFactory.getLogger(LineTest.class);

  @AfterEach
  void forget() {
    MDC.clear();
  }

  private static List<JsonNode> printed(Runnable work) throws Exception {
    var printed = new ByteArrayOutputStream();
    try (var lines =
        new ObjectMapper().readerFor(JsonNode.class).<JsonNode>readValues(bytes(work, printed))) {
      return lines.readAll();
    }
  }

  private static byte[] bytes(Runnable work, ByteArrayOutputStream printed) {
    printedTo(printed, work);
    return printed.toByteArray();
  }

  private static void printedTo(OutputStream output, Runnable work) {
    var before = System.out;
    System.setOut(new PrintStream(output, false, UTF_8));
    try {
      work.run();
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void aLineHasItsTextItsTimeItsFieldsAndWhoseWorkItIs() throws Exception {
    MDC.put("function_name", "IntakeFunction");
    MDC.put("cold_start", "true");
    var line =
        printed(() -> LOG.warn("{} of {}", 1, "two", new LogField("code", "a-code"))).getFirst();

    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("message").asText()).isEqualTo("1 of two");
    assertThat(line.path("code").asText()).isEqualTo("a-code");
    assertThat(line.path("function_name").asText()).isEqualTo("IntakeFunction");
    assertThat(line.path("cold_start").isBoolean()).isTrue();
    assertThat(line.path("timestamp").asText())
        .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]{3}Z");
    assertThat(Duration.between(Instant.parse(line.path("timestamp").asText()), Instant.now()))
        .isLessThan(Duration.ofMinutes(1));
    assertThat(line.has("error")).isFalse();
  }

  @Test
  void whatWasThrownIsToldWithItsStackAndItsCause() throws Exception {
    var thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
    var error =
        printed(() -> LOG.error("failed", new LogField("code", "a-code"), thrown))
            .getFirst()
            .path("error");

    assertThat(error.path("name").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("message").asText()).isEqualTo("outer");
    assertThat(error.path("stack").asText())
        .contains("LineTest", "Caused by: java.lang.IllegalArgumentException: inner");
  }

  @Test
  void libraryLinesBelowWarnAndAllBelowInfoAreLeftOut() throws Exception {
    var library = LoggerFactory.getLogger("software.amazon.awssdk.request");

    assertThat(
            printed(
                () -> {
                  library.info("a request");
                  library.debug("a request");
                  LOG.debug("a detail");
                }))
        .isEmpty();
    assertThat(printed(() -> library.warn("a warning"))).hasSize(1);
    assertThat(printed(() -> LOG.info("a line"))).hasSize(1);
  }

  @Test
  void aLineIsWrittenInOnePieceWhateverIsInIt() {
    var pieces = new ArrayList<String>();
    printedTo(
        new OutputStream() {

          @Override
          public void write(int b) {
            pieces.add(Character.toString(b));
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            pieces.add(new String(bytes, offset, length, UTF_8));
          }
        },
        () -> LOG.info("a\nb \u2028 ü {}", "x".repeat(20_000)));

    assertThat(pieces).hasSize(1);
    assertThat(pieces.getFirst()).endsWith("}\n").containsOnlyOnce("\n");
  }

  @Test
  void aThreadThatIsStartedSpeaksForNobody() throws Exception {
    MDC.put("correlation_id", "sAAA");
    var lines =
        printed(
            () -> {
              var thread = new Thread(() -> LOG.info("a line"));
              thread.start();
              try {
                thread.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    assertThat(lines.getFirst().has("correlation_id")).isFalse();
    assertThat(MDC.get("correlation_id")).isEqualTo("sAAA");
  }
}
