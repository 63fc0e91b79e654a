package io.vestibule.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.keys.Installation;
import io.vestibule.mail.RecordFeedback.Consequence;
import io.vestibule.store.Table;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.Pace;
import io.vestibule.store.mail.Suppressions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What bounces and complaints lead to, with the role of the function that hears of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordFeedbackTest {

  private Installation installation;
  private DynamoDbClient dynamoDb;
  private MailBreaker breaker;
  private RecordFeedback recordFeedback;

  @BeforeAll
  void open() throws IOException {
    installation = Installation.open(Clock.systemUTC());
    dynamoDb = installation.dynamoDb("MailFeedbackFunction");
    String table = installation.name(Table.MAIL_LIMITS);
    breaker = new MailBreaker(dynamoDb, table);
    recordFeedback =
        new RecordFeedback(new Suppressions(dynamoDb, table), breaker, Clock.systemUTC());
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  @Test
  void aMailboxThatIsFullTodayMayTakeMailTomorrow() {
    assertThat(record("soft", bounce("Transient"))).isEqualTo(Consequence.NOTHING);
    assertThat(record("soft", bounce("Undetermined"))).isEqualTo(Consequence.NOTHING);
    assertThat(suppressed("soft")).isEmpty();
  }

  @Test
  void aMailboxThatBouncesForGoodOrComplainsGetsNoMoreMailAndTheNinthSlowsItsForm() {
    assertThat(record("hard", bounce("Permanent"))).isEqualTo(Consequence.SUPPRESSED);
    assertThat(suppressed("hard")).containsKey("since");
    assertThat(record("angry", Map.of("type", "Complaint"))).isEqualTo(Consequence.SUPPRESSED);
    assertThat(suppressed("angry")).containsKey("since");
    // The same again counts for nothing.
    assertThat(record("angry", Map.of("type", "Complaint"))).isEqualTo(Consequence.SUPPRESSED);

    // A complaint is measured by another limit than a bounce.
    var more =
        IntStream.rangeClosed(3, 10)
            .mapToObj(number -> record("more" + number, bounce("Permanent")))
            .toList();

    assertThat(more.subList(0, 7)).containsOnly(Consequence.SUPPRESSED);
    assertThat(more.getLast()).isEqualTo(Consequence.FORM_SLOWED);
    var now = Instant.now();
    assertThat(breaker.read().of("contact", now)).isEqualTo(Pace.SLOW);
    assertThat(breaker.close(now)).isTrue();
    assertThat(breaker.close(now)).isFalse();
  }

  @Test
  void whatIsNoBounceAndNoComplaintIsRefusedWithoutAQuote() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record("x", Map.of("type", "Delivery<ada@example.org>")))
        .withMessage("The event is no bounce and no complaint");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Feedback.read(Map.of("message", "ada@example.org", "mailbox", mailbox("x"))))
        .withMessage("The event names no message or no mailbox");
  }

  @Test
  void whatDoesNotNameItsFormIsOfNone() {
    var old = Map.of("type", "Complaint", "message", "m", "mailbox", mailbox("old"));

    assertThat(Feedback.read(old).form()).isEmpty();
    assertThat(Feedback.read(old).sentAt()).isEmpty();
    var strange = new HashMap<>(old);
    strange.putAll(Map.of("form", "no form!", "sentAt", "yesterday"));
    assertThat(Feedback.read(strange)).isEqualTo(Feedback.read(old));
  }

  private Consequence record(String name, Map<String, String> event) {
    var all = new HashMap<>(event);
    all.put("message", "message-" + name);
    all.put("mailbox", mailbox(name));
    all.put("form", "contact");
    all.put("sentAt", "2026-11-21T20:14:00.000Z");
    return recordFeedback.record(Feedback.read(all));
  }

  private static Map<String, String> bounce(String type) {
    return Map.of("type", "Bounce", "bounceType", type);
  }

  private static String mailbox(String name) {
    return name + "-".repeat(43 - name.length());
  }

  private Map<String, ?> suppressed(String name) {
    return installation.item(Table.MAIL_LIMITS, "key", "suppressed#" + mailbox(name));
  }
}
