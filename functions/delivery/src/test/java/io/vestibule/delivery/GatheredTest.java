package io.vestibule.delivery;

import static io.vestibule.delivery.Office.GROUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.ses.Mail;
import io.vestibule.store.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is gathered is told at once, and no erasure waits for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatheredTest {

  private Office office;
  private int mailsBefore;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    office = new Office(folder);
  }

  @AfterAll
  void close() throws IOException {
    office.close();
  }

  @BeforeEach
  void tidy() throws IOException {
    office.forgetTargets();
    mailsBefore = office.mails().size();
  }

  @Tag("slow")
  @Test
  void aBotWritesOnceAMinuteAtMostHowManyThereWere() {
    office.target("chat", "{\"kind\": \"bot\", \"bot\": \"slack\"" + GROUND + "}");
    office.secret("chat", "{\"url\": \"" + office.receiver.url("/chat") + "\"}");
    office.receiver.usually(200, "ok");
    office.handsIn();
    office.advance(Duration.ofSeconds(30));
    office.handsIn();
    office.wake();
    assertThat(office.receiver.calls()).isEmpty();

    office.advance(Duration.ofSeconds(31));
    office.wake();
    office.handsIn();
    office.wake();
    assertThat(office.told())
        .singleElement()
        .satisfies(it -> assertThat(it.path("text").asText()).contains("2"));

    // A backlog too: a chat is not flooded.
    office.handedIn(office.handsIn(), 100);
    office.advance(Duration.ofMinutes(5));
    office.wake();
    office.wake();
    assertThat(office.receiver.calls()).hasSize(2);
    office.advance(Duration.ofSeconds(61));
    office.wake();
    assertThat(office.receiver.calls()).hasSize(3);
    assertThat(open()).isZero();
  }

  @Test
  void anErrorInAGoodAnswerOfABotIsAnError() {
    office.target("chat", "{\"kind\": \"bot\", \"bot\": \"feishu\"" + GROUND + "}");
    office.secret("chat", "{\"url\": \"" + office.receiver.url("/chat") + "\"}");
    office.receiver.usually(200, "{\"code\": 9499}");
    var ada = office.handsIn();
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(state("chat", ada)).isEqualTo(" error-in-answer");

    office.receiver.usually(200, "{\"code\": 0}");
    office.advance(Duration.ofMinutes(2));
    office.wake();
    assertThat(state("chat", ada)).isEqualTo("told taken");
  }

  @Test
  void aDailyDigestIsOneMailADayInTheOrderOfTime() {
    office.target("daily", digest());
    var first = office.handsIn();
    office.advance(Duration.ofHours(5));
    var second = office.handsIn();
    office.wake();
    office.advance(Duration.ofHours(18));
    office.wake();
    assertThat(staffMails()).isEmpty();

    office.advance(Duration.ofHours(2));
    office.wake();
    assertThat(staffMails())
        .singleElement()
        .satisfies(
            it -> assertThat(it.text()).containsSubsequence(first.number(), second.number()));
    office.advance(Duration.ofDays(2));
    office.wake();
    assertThat(staffMails()).hasSize(1);
  }

  @Test
  @Tag("slow")
  void aDigestThatFailsIsOneMailAgain() {
    office.target("daily", digest());
    var people = Stream.generate(office::handsIn).limit(8).toList();
    people.forEach(this::hasFailedThrice);
    office.advance(Duration.ofHours(25));
    DyingCalls.fail("SendEmail");
    office.wake();
    DyingCalls.calm();
    assertThat(people).allSatisfy(it -> assertThat(state("daily", it)).doesNotStartWith("told"));
    // In the middle of the time by which each might be late by chance.
    office.advance(Duration.ofMinutes(126));
    office.wake();
    office.advance(Duration.ofMinutes(10));
    office.wake();

    assertThat(people).allSatisfy(it -> assertThat(state("daily", it)).isEqualTo("told taken"));
    assertThat(staffMails()).hasSize(1);
  }

  @Test
  @Tag("slow")
  void anErasureInADigestsLaneWaitsForNobody() {
    office.target("daily", digest());
    var ada = office.handsIn();
    office.advance(Duration.ofHours(25));
    office.wake();
    assertThat(staffMails()).hasSize(1);

    office.handedIn(office.handsIn(), 100);
    office.advance(Duration.ofMinutes(1));
    office.erase(ada, "request");
    office.advance(Duration.ofMinutes(2));
    office.wake();

    assertThat(staffMails()).hasSize(2);
    assertThat(staffMails().getLast().text()).contains(ada.number());
    assertThat(open()).as("who is not told yet").isEqualTo(101);
  }

  /** The next attempt is two hours later, and not some seconds. */
  private void hasFailedThrice(Somebody somebody) {
    var row = new HashMap<>(office.row("daily", somebody));
    row.put("attempts", AttributeValue.fromN("3"));
    office.put(Table.DELIVERIES, row);
  }

  private static String digest() {
    return "{\"kind\": \"mail\", \"to\": \"staff@business.example\", \"digest\": \"daily\""
        + GROUND
        + "}";
  }

  private List<Mail> staffMails() {
    return office.mails().stream().skip(mailsBefore).toList();
  }

  private long open() {
    return office.all(Table.DELIVERIES).stream().filter(it -> it.containsKey("lane")).count();
  }

  private String state(String target, Somebody somebody) {
    var row = office.row(target, somebody);
    return office.text(row, "state") + " " + office.text(row, "code");
  }
}
