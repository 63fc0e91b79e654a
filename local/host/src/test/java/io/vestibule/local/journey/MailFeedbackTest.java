package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a mailbox's server, or its owner, answers to our mails. */
class MailFeedbackTest extends Journey {

  @ParameterizedTest
  @ValueSource(strings = {"bounce", "complaint"})
  void afterAHardBounceOrAComplaintTheMailboxGetsNoMoreMail(String mailbox) throws Exception {
    var first = at(mailbox);
    var mailed = first.submits(Map.of());
    assertThat(first.mails()).hasSize(1);
    assertThat(failedMails())
        .as("remembered with its form")
        .anyMatch(mail -> AttributeValue.fromS("contact").equals(mail.m().get("form")));

    var second = at(mailbox + "+another");
    var id = second.submits(Map.of());
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("HELD suppressed");
    release(id);
    assertThat(tables.status(id)).as("a release lifts no limit").isEqualTo("HELD suppressed");
    assertThat(second.mails()).isEmpty();

    first.asksForANewLink(mailed);
    assertThat(first.mails()).hasSize(1);
    assertThat(tables.status(mailed)).as("the link in the mail is still good").isEqualTo("MAILED");
    assertThat(tables.submission(mailed)).containsEntry("linkNo", AttributeValue.fromN("1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ooto", "success"})
  void anOutOfOfficeNoteAndSilenceSuppressNothing(String mailbox) throws Exception {
    at(mailbox).submits(Map.of());
    host.drain(LIMIT);

    var second = at(mailbox + "+another");
    var id = second.submits(Map.of());
    assertThat(second.mails()).hasSize(1);
    assertThat(tables.status(id)).isEqualTo("MAILED");
  }

  @Test
  void whatComesTwiceIsCountedOnce() throws Exception {
    var event = Json.MAPPER.createObjectNode().put("type", "Complaint");
    event.put("message", "0107-once").put("mailbox", "o".repeat(43));

    assertThat(feedback(event)).isEqualTo("SUPPRESSED");
    var before = tables.snapshot();
    clock.advance(Duration.ofMinutes(3));
    assertThat(feedback(event)).isEqualTo("SUPPRESSED");

    assertThat(tables.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"resume\":\"everything\"}",
        "{\"type\":\"Delivery\",\"message\":\"m\",\"mailbox\":\"%s\"}",
        "{\"type\":\"Bounce\",\"bounceType\":\"Permanent\",\"message\":\"m\",\"mailbox\":\"short\"}",
        "{\"type\":\"Bounce\",\"bounceType\":\"Permanent\",\"message\":\"a b\",\"mailbox\":\"%s\"}"
      })
  void whatIsNeitherFeedbackNorADecisionFails(String event) throws Exception {
    var json = Json.MAPPER.readTree(event.formatted("m".repeat(43)));

    assertThat(host.functions().invoke("MailFeedbackFunction", json, "test").outcome())
        .isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void noAddressIsInTheTablesTheLogsOrWhatIsKept() throws Exception {
    at("bounce+axolotlcanary").submits(Map.of());
    at("complaint+axolotlcanary").submits(Map.of());
    host.drain(LIMIT);

    assertThat(host.logs().get("MailFeedbackFunction"))
        .as("it was told")
        .anyMatch(line -> line.contains("COMPLAINT of message"));
    assertThat(new Traces(host).everything())
        .noneMatch(trace -> lowerCase(trace.content()).contains("axolotlcanary"))
        .noneMatch(trace -> lowerCase(trace.content()).contains("simulator.amazonses.com"));
  }

  private Stream<AttributeValue> failedMails() {
    return tables.items("mail-limits").stream()
        .filter(item -> Tables.text(item, "key").equals("breaker"))
        .flatMap(item -> requireNonNull(item.get("failures")).m().values().stream());
  }

  private static String lowerCase(byte[] content) {
    return new String(content, UTF_8).toLowerCase(Locale.ROOT);
  }

  private Person at(String mailbox) {
    return new Person(host, mailbox + "@simulator.amazonses.com");
  }

  private void release(String id) throws Exception {
    var event = Json.MAPPER.createObjectNode().put("release", id);
    host.functions().invoke("ReconcileFunction", event, "test");
    host.drain(LIMIT);
  }

  private String feedback(JsonNode event) {
    var outcome = host.functions().invoke("MailFeedbackFunction", event, "test").outcome();
    return outcome instanceof Outcome.Returned(var value)
        ? value.path("outcome").asText()
        : outcome.toString();
  }
}
