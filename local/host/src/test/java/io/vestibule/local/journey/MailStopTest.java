package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.Outcome;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Too many bounces and complaints stop all mail, until a person lets it go on. */
class MailStopTest extends Journey {

  private long sent = 1_000;
  private int failures;

  /** Out of reach of the failures of the test before. */
  @BeforeEach
  void sendMails() {
    sent(sent + 1_000);
  }

  @AfterEach
  void resume() {
    feedback(Json.MAPPER.createObjectNode().put("resume", "mail"));
  }

  @Test
  void theNinthFailureAmongTwoHundredMailsStopsAllMailUntilAPersonResumesIt() throws Exception {
    fail(8);
    var ada = somebody();
    assertThat(tables.status(drained(ada.submits(Map.of())))).isEqualTo("MAILED");

    assertThat(fail()).isEqualTo("ALL_MAIL_STOPPED");
    var grace = somebody();
    var waiting = drained(grace.submits(Map.of()));
    assertThat(tables.status(waiting)).isEqualTo("HELD paused");
    reconcileLater();
    assertThat(tables.status(waiting)).as("nobody has resumed it").isEqualTo("HELD paused");
    assertThat(host.logs().get("MailerFunction")).anyMatch(line -> line.contains("MailPaused"));

    assertThat(decideToResume()).isEqualTo("resumed");
    assertThat(decideToResume()).as("the second time").isEqualTo("not-paused");
    reconcileLater();
    assertThat(tables.status(waiting)).isEqualTo("MAILED");
    assertThat(grace.mails()).hasSize(1);
    grace.presses(grace.link());
    assertThat(tables.status(drained(waiting))).isEqualTo("DONE");
  }

  @Test
  void aFailureIsForgottenTwoHundredMailsLater() {
    fail(8);
    sent(sent + 199);
    fail();
    assertThat(decideToResume()).as("the first is one of the last 200 still").isEqualTo("resumed");

    fail(8);
    sent(sent + 200);
    assertThat(fail()).isEqualTo("SUPPRESSED");
  }

  @Test
  void oneFailureThatIsToldManyTimesIsOne() {
    fail(8);
    for (int i = 0; i < 9; i++) {
      assertThat(feedback(failure(failures))).isEqualTo("SUPPRESSED");
    }
    assertThat(fail()).isEqualTo("ALL_MAIL_STOPPED");
  }

  @Test
  void whoAsksForANewLinkMeanwhileKeepsTheOneBefore() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();
    fail(9);

    ada.asksForANewLink(id);
    assertThat(tables.status(drained(id))).isEqualTo("MAILED");
    assertThat(ada.mails()).hasSize(1);
    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
  }

  @Test
  void afterItsOwnTimeNothingIsMailedAnyMore() throws Exception {
    fail(9);
    var late = drained(somebody().submits(Map.of()));
    assertThat(tables.status(late)).isEqualTo("HELD paused");

    clock.advance(Duration.ofDays(3));
    decideToResume();
    reconcileLater();
    assertThat(tables.status(late)).isEqualTo("HELD paused");
  }

  @Test
  void everyMailIsCounted() throws Exception {
    drained(somebody().submits(Map.of()));

    assertThat(tables.items("mail-limits"))
        .filteredOn(item -> Tables.text(item, "key").equals("sent"))
        .singleElement()
        .satisfies(
            item -> assertThat(item).containsEntry("sent", AttributeValue.fromN(sent + 1 + "")));
  }

  private void sent(long mails) {
    sent = mails;
    host.operator()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName("mail-limits")
                    .item(
                        Map.of(
                            "key", AttributeValue.fromS("sent"),
                            "sent", AttributeValue.fromN(Long.toString(mails)))));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      fail();
    }
  }

  /** Another mail bounces for good, or every other time, is complained about. */
  private String fail() {
    return feedback(failure(++failures));
  }

  private static JsonNode failure(int number) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", number % 2 == 0 ? "Complaint" : "Bounce")
        .put("bounceType", "Permanent")
        .put("message", "0107-" + number)
        .put("mailbox", "m".repeat(38) + (10_000 + number));
  }

  private String decideToResume() {
    return feedback(Json.MAPPER.createObjectNode().put("resume", "mail"));
  }

  private String feedback(JsonNode event) {
    var outcome = host.functions().invoke("MailFeedbackFunction", event, "test").outcome();
    return outcome instanceof Outcome.Returned(var value)
        ? value.path("outcome").asText()
        : outcome.toString();
  }

  private void reconcileLater() throws Exception {
    clock.advance(Duration.ofMinutes(6));
    host.functions().invoke("ReconcileFunction", Json.MAPPER.createObjectNode(), "test");
    host.drain(LIMIT);
  }

  private String drained(String id) throws Exception {
    host.drain(LIMIT);
    return id;
  }
}
