package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Timestamp;
import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Backend.Response;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.chaos.CallInterceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Once an hour the canary does what people do, and says what they would meet. */
class CanaryFlightTest extends Journey {

  private static final String SIMULATOR = EmailAddress.SIMULATOR;
  private static final int SIMULATORS_MAILS = 48;

  private volatile Predicate<Request> broken = CanaryFlightTest::isNothing;

  /**
   * Stands before the installation, as a firewall or a cache would, and answers itself at times.
   */
  private final BackendServer before = standBefore();

  @Override
  protected Map<String, String> parameters() {
    return Map.of("CanaryForm", "contact", "PublicUrl", before.endpoint().toString());
  }

  private BackendServer standBefore() {
    try {
      return new BackendServer(
          request ->
              broken.test(request)
                  ? new Response(500, Map.of(), "Sorry".getBytes(UTF_8))
                  : new Forward(host.uri()).handle(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void leave() {
    before.close();
  }

  /**
   * Each test has a day, and an hour ago the canary has flown: a flight waits ten seconds for a
   * mail that is due, and a busy machine may need longer.
   */
  @BeforeEach
  void tomorrow() throws Exception {
    var day = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(33));
    clock.advance(Duration.between(clock.instant(), day));
    flies();
    host.drain(LIMIT);
    clock.advance(Duration.ofHours(1));
  }

  @AfterEach
  void mend() {
    broken = CanaryFlightTest::isNothing;
    CallInterceptor.calm();
    var breaker = Map.of("key", AttributeValue.fromS("breaker"));
    host.operator().dynamoDb().deleteItem(delete -> delete.tableName("mail-limits").key(breaker));
  }

  @Test
  void whereNothingIsWrongItSaysNothingAndHandsInOneSubmissionAnHour() throws Exception {
    assertThat(flies()).isEmpty();
    int rows = rows();
    assertThat(mails()).isPositive();

    for (int hour = 1; hour <= 3; hour++) {
      host.drain(LIMIT);
      clock.advance(Duration.ofHours(1));
      assertThat(flies()).isEmpty();
      assertThat(rows()).isEqualTo(rows + hour);
    }
    assertThat(log("CanaryFlown")).isGreaterThanOrEqualTo(4);
  }

  @Test
  void itDoesTheWorkThatItsFormAsksFor() {
    askForWork(List.of(AttributeValue.fromS("contact")));

    assertThat(flies()).isEmpty();
    askForWork(List.of());
    assertThat(tables.items("submissions")).anyMatch(row -> row.containsKey("worked"));
  }

  @Test
  void aFormThatIsNotShownIsSaid() {
    broken = isGet("/forms/");

    assertThat(flies()).containsExactly("canary-form");
    assertThat(log("canary-form")).isPositive();
  }

  @Test
  void aPostThatIsNotTakenIsSaid() {
    broken = request -> request.method().equals("POST");

    assertThat(flies()).containsOnly("canary-mail");
  }

  @Test
  void aDeadLinkWithoutItsPageIsSaid() {
    broken = isGet("/verify/");

    assertThat(flies()).containsExactly("canary-link");
  }

  @Test
  void thatAllMailIsStoppedIsSaid() throws Exception {
    assertThat(flies()).isEmpty();
    host.drain(LIMIT);
    clock.advance(Duration.ofHours(1));
    var stop =
        Map.of(
            "key", AttributeValue.fromS("breaker"),
            "version", AttributeValue.fromN("1"),
            "openedAt", AttributeValue.fromS(Timestamp.of(clock.instant())));
    host.operator().dynamoDb().putItem(put -> put.tableName("mail-limits").item(stop));

    assertThat(flies()).containsExactly("canary-mail");
  }

  @Test
  void aMailThatIsSlowIsSaidByTheNextFlight() throws Exception {
    assertThat(flies()).isEmpty();
    host.drain(LIMIT);
    CallInterceptor.disturb(new SesIsDown());
    clock.advance(Duration.ofHours(1));
    assertThat(flies()).as("it may come yet").isEmpty();

    clock.advance(Duration.ofHours(1));
    assertThat(flies()).containsExactly("canary-mail");

    CallInterceptor.calm();
    host.drain(LIMIT);
    clock.advance(Duration.ofHours(1));
    assertThat(flies()).isEmpty();
  }

  /** An attack: the simulator's mailbox has no cap that keeps a stranger from the form's budget. */
  @Test
  void whoFloodsTheSimulatorUsesUpItsOwnMailsOnlyAndTheCanarySaysSo() throws Exception {
    clock.advance(Duration.ofDays(1)); // All of a day's mails are left.
    var stranger = new Person(host, SIMULATOR);
    int before = mails();
    for (int i = 0; i < SIMULATORS_MAILS + 10; i++) {
      stranger.submits(Map.of("message", "Number " + i));
    }
    host.drain(LIMIT);

    assertThat(mails() - before).isEqualTo(SIMULATORS_MAILS);
    assertThat(flies()).containsOnly("canary-mail");
    var ada = somebody();
    ada.submits(Map.of());
    assertThat(ada.mails()).as("what it leaves to others").hasSize(1);
  }

  @Test
  void nobodyElseAtTheSimulatorIsOutsideAnyCap() throws Exception {
    for (var name : List.of("bounce+1", "success+1", "complaint+1")) {
      var mailbox = name + "@simulator.amazonses.com";
      long before = mails(mailbox);
      for (int i = 0; i < 5; i++) {
        new Person(host, mailbox).submits(Map.of("message", "Number " + i));
      }
      assertThat(mails(mailbox) - before).as(mailbox).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void itsCredentialsShowNothingButTheStateOfARow() {
    var canary = as("CanaryFunction");
    var id = Map.of(":id", AttributeValue.fromS("s" + "A".repeat(22)));

    assertThatThrownBy(() -> canary.scan(scan -> scan.tableName("submissions")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized");
    for (var table : List.of("submissions", "customers", "system-keys", "mail-limits")) {
      assertThatThrownBy(
              () ->
                  canary.query(
                      query ->
                          query
                              .tableName(table)
                              .keyConditionExpression("id = :id")
                              .projectionExpression("sealed")
                              .select("SPECIFIC_ATTRIBUTES")
                              .expressionAttributeValues(id)))
          .as(table)
          .isInstanceOf(DynamoDbException.class)
          .hasMessageContaining("not authorized");
    }
    assertThatThrownBy(
            () ->
                canary.putItem(
                    put ->
                        put.tableName("submissions")
                            .item(Map.of("id", requireNonNull(id.get(":id"))))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized");
  }

  private static boolean isNothing(Request request) {
    return false;
  }

  private static Predicate<Request> isGet(String path) {
    return request -> request.method().equals("GET") && request.target().startsWith(path);
  }

  /** And so much time that each environment has looked at the row again. */
  private void askForWork(List<AttributeValue> forms) {
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("sealing-keys")
                    .key(Map.of("name", AttributeValue.fromS("public")))
                    .updateExpression("SET asksWork = :forms")
                    .expressionAttributeValues(Map.of(":forms", AttributeValue.fromL(forms))));
    clock.advance(Duration.ofMinutes(6));
  }

  /** The codes of what was wrong. */
  private List<String> flies() {
    return new Backups(host)
        .returns("CanaryFunction", Map.of())
        .path("failed")
        .valueStream()
        .map(JsonNode::asText)
        .toList();
  }

  private int rows() {
    return (int)
        tables.items("submissions").stream()
            .filter(row -> Tables.text(row, "id").startsWith("s"))
            .count();
  }

  private int mails() throws Exception {
    return (int) mails(SIMULATOR);
  }

  private long mails(String mailbox) throws Exception {
    host.drain(LIMIT);
    return host.inbox().mails().stream()
        .filter(mail -> mail.to().toString().contains(mailbox))
        .count();
  }

  private long log(String word) {
    return host.logs().getOrDefault("CanaryFunction", List.of()).stream()
        .filter(line -> line.contains(word))
        .count();
  }
}
