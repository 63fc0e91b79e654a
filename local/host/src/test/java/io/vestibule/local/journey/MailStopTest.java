package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Too many bounces and complaints slow mails down and stop them, but no right on a stranger's word.
 */
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

  /** An attack: it used to stop all mail, rights included, until a person resumed it. */
  @Test
  void nineDeadAddressesOfAStrangerStopNobodyElsesMailAndNoRight() throws Exception {
    var customer = somebody();
    customer.submits(Map.of());
    customer.presses(customer.link());
    host.drain(LIMIT);

    assertThat(fail("contact", 9)).isEqualTo("FORM_SLOWED");
    assertThat(tables.status(drained(somebody().submits(Map.of())))).isEqualTo("MAILED");
    assertThat(fail("contact", 9)).isEqualTo("FORM_STOPPED");
    assertThat(tables.status(drained(somebody().asks("access"))))
        .as("another form; nothing is held under this address")
        .isEqualTo("DONE");

    assertThat(fail("privacy", 9)).isEqualTo("FORM_SLOWED");
    assertThat(fail("privacy", 9)).isEqualTo("FORM_STOPPED");
    assertThat(host.logs().get("MailFeedbackFunction"))
        .anyMatch(line -> line.contains("MailPaused"));

    var right = drained(customer.asks("access"));
    assertThat(tables.status(right)).isEqualTo("MAILED");
    assertThat(tables.status(drained(somebody().asks("access")))).isEqualTo("HELD paused");
  }

  @Test
  void whatWaitsWhileAFormIsStoppedIsMailedByItselfOnceItIsTriedAgain() throws Exception {
    fail("contact", 9);
    assertThat(fail("contact", 9)).isEqualTo("FORM_STOPPED");
    var grace = somebody();
    var waiting = drained(grace.submits(Map.of()));
    assertThat(tables.status(waiting)).isEqualTo("HELD paused");
    reconcileAfter(Duration.ofHours(3));
    assertThat(tables.status(waiting)).isEqualTo("HELD paused");

    reconcileAfter(Duration.ofHours(1));
    assertThat(tables.status(waiting)).isEqualTo("MAILED");
    assertThat(grace.mails()).hasSize(1);
    grace.presses(grace.link());
    assertThat(tables.status(drained(waiting))).isEqualTo("DONE");
  }

  @Test
  void theAccountsDangerStopsAllMailForFourHoursOrUntilAPersonResumesIt() throws Exception {
    assertThat(failOfAll(41)).isEqualTo("ALL_MAIL_SLOWED");
    assertThat(failOfAll(41)).isEqualTo("ALL_MAIL_STOPPED");
    assertThat(host.logs().get("MailFeedbackFunction"))
        .anyMatch(line -> line.contains("MailStopped"));
    var waiting = drained(somebody().asks("access"));
    assertThat(tables.status(waiting)).isEqualTo("HELD paused");
    assertThat(host.logs().get("MailerFunction")).anyMatch(line -> line.contains("MailPaused"));
    reconcileLater();
    assertThat(tables.status(waiting)).isEqualTo("HELD paused");
    reconcileAfter(Duration.ofHours(4));
    assertThat(tables.status(waiting)).as("it was told that nothing is held").isEqualTo("DONE");

    assertThat(failOfAll(41)).as("the trial").isEqualTo("ALL_MAIL_STOPPED");
    var another = drained(somebody().submits(Map.of()));
    assertThat(tables.status(another)).isEqualTo("HELD paused");
    assertThat(decideToResume()).isEqualTo("resumed");
    assertThat(decideToResume()).as("the second time").isEqualTo("not-paused");
    reconcileLater();
    assertThat(tables.status(another)).isEqualTo("MAILED");
  }

  @Test
  void whoAsksForANewLinkMeanwhileKeepsTheOneBefore() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();
    fail("contact", 18);

    ada.asksForANewLink(id);
    assertThat(tables.status(drained(id))).isEqualTo("MAILED");
    assertThat(ada.mails()).hasSize(1);
    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
  }

  @Test
  void whatWaitedForLongerThanItsLifeIsMailedAndLivesLongerByThePause() throws Exception {
    failOfAll(82);
    var late = drained(somebody().submits(Map.of()));
    assertThat(tables.status(late)).isEqualTo("HELD paused");
    var begin = clock.instant();

    reconcileAfter(Duration.ofDays(4));
    assertThat(tables.status(late)).isEqualTo("MAILED");
    assertThat(tables.submission(late))
        .hasEntrySatisfying(
            "expiresAt",
            end ->
                assertThat(Instant.ofEpochSecond(Long.parseLong(end.n())))
                    .isCloseTo(begin.plus(Duration.ofDays(7)), within(1, ChronoUnit.MINUTES)));
  }

  @Test
  void everyMailIsCounted() throws Exception {
    drained(somebody().submits(Map.of()));

    assertThat(tables.items("mail-limits"))
        .filteredOn(item -> Tables.text(item, "key").equals("sent"))
        .singleElement()
        .satisfies(
            item ->
                assertThat(item)
                    .containsEntry("sent", AttributeValue.fromN(sent + 1 + ""))
                    .containsEntry("form#contact", AttributeValue.fromN("1")));
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

  /** Mails of a form that are sent from now on bounce for good; what the last of them led to. */
  private String fail(String form, int times) {
    var effect = "";
    for (int i = 0; i < times; i++) {
      var sentAt = clock.instant().toString();
      effect = feedback(failure(++failures).put("form", form).put("sentAt", sentAt));
    }
    return effect;
  }

  /** Mails that do not name their form. */
  private String failOfAll(int times) {
    var effect = "";
    for (int i = 0; i < times; i++) {
      effect = feedback(failure(++failures));
    }
    return effect;
  }

  private static ObjectNode failure(int number) {
    return Json.MAPPER
        .createObjectNode()
        .put("type", "Bounce")
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
    reconcileAfter(Duration.ofMinutes(6));
  }

  private void reconcileAfter(Duration time) throws Exception {
    clock.advance(time);
    host.functions().invoke("ReconcileFunction", Json.MAPPER.createObjectNode(), "test");
    host.drain(LIMIT);
  }

  private String drained(String id) throws Exception {
    host.drain(LIMIT);
    return id;
  }
}
