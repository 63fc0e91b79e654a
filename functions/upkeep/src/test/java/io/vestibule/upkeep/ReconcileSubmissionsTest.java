package io.vestibule.upkeep;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.Installation;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.store.Table;
import io.vestibule.store.mail.Breakers;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.OpenWork;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.upkeep.ReconcileSubmissions.Bounds;
import io.vestibule.upkeep.ReconcileSubmissions.Report;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What a run does to rows that are open for too long, with the reconciler's role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconcileSubmissionsTest {

  /** A flood's; the embedded database is slow beyond 50,000. */
  private static final int HELD = Integer.getInteger("vestibule.held", 1_000);

  private final MovableClock clock = MovableClock.fromNoonTomorrow();
  private Installation installation;
  private DynamoDbClient dynamoDb;
  private ReconcileSubmissions reconcile;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
    dynamoDb = installation.dynamoDb("ReconcileFunction");
  }

  @BeforeEach
  void startAfresh() {
    installation.startAfresh();
    reconcile = with(dynamoDb);
  }

  private ReconcileSubmissions with(DynamoDbClient client) {
    return with(client, Bounds.DEPLOYED);
  }

  private ReconcileSubmissions with(DynamoDbClient client, Bounds bounds) {
    return new ReconcileSubmissions(
        new OpenSubmissions(client, installation.name(Table.SUBMISSIONS)),
        new NextSteps(new Forms()),
        new Quarantine(client, installation.name(Table.SUBMISSIONS), new Forms()),
        clock,
        new SecureRandom(),
        bounds);
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  @Test
  void whatIsYoungIsLeftAlone() {
    submit();
    clock.advance(Duration.ofMinutes(14));

    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(0, 0, 0, 0));
  }

  @Test
  @Tag("slow")
  void whatAStreamForgotIsTouchedInItsStateAndNotAgainAtOnce() {
    var pending = submit();
    var verified = submit();
    set(verified, Status.VERIFIED, Map.of("verifiedAt", time(clock.instant())));
    var waiting = submit();
    set(waiting, Status.MAILED, Map.of());
    clock.advance(Duration.ofMinutes(15));

    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(2, 0, 0, 0));
    assertThat(installation.text(pending, "status")).isEqualTo("PENDING");
    assertThat(installation.text(verified, "touchedAt")).isEqualTo(Timestamp.of(clock.instant()));
    assertThat(installation.item(waiting)).doesNotContainKey("touchedAt");
    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(0, 0, 0, 0));
  }

  @Test
  @Tag("slow")
  void anErasureThatIsTouchedInVainIsTouchedAgainAfterAWhile() {
    var request =
        installation.submit("privacy", Installation.request("ada@example.org", "erase")).id();
    set(request, Status.ERASING, Map.of("erasedAt", time(clock.instant())));
    var requests = desk(dynamoDb, Table.REQUESTS).reconcile();

    clock.advance(Duration.ofMinutes(2));
    assertThat(requests.run(Breakers.NONE)).isEqualTo(new Report(1, 0, 0, 0));
    assertThat(requests.run(Breakers.NONE)).isEqualTo(new Report(0, 0, 0, 0));
    clock.advance(Duration.ofMinutes(15));
    assertThat(requests.run(Breakers.NONE)).isEqualTo(new Report(1, 0, 0, 0));
    assertThat(installation.item(request)).containsEntry("touches", AttributeValue.fromN("2"));
  }

  @Test
  void whatAMailerHasLeftBehindIsMailedAgain() {
    var id = submit();
    set(id, Status.MAILING, Map.of("leaseUntil", time(clock.instant())));
    clock.advance(Duration.ofMinutes(6));

    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(0, 1, 0, 0));
    assertThat(installation.text(id, "status")).isEqualTo("PENDING");
  }

  /** Which wrote the status into the column by which open work is found. */
  @Test
  void whatAMailerOfTheVersionBeforeHasLeftBehindIsMailedAgain() {
    var id = submit();
    var open = OpenWork.of(Status.MAILING, id).replace("PENDING", "MAILING");
    var leaseUntil = time(clock.instant());
    installation.with(
        id, Map.of("status", text("MAILING"), "open", text(open), "leaseUntil", leaseUntil));
    clock.advance(Duration.ofMinutes(6));

    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(0, 1, 0, 0));
    assertThat(installation.text(id, "open")).isEqualTo(OpenWork.of(Status.PENDING, id));
  }

  @Test
  @Tag("slow")
  void whoseLastMailDidNotGoOutIsWokenForItUnlessMailIsStoppedAndAfterADayTheirAddressGoes() {
    var id = installation.submit("privacy", Installation.request("ada@example.net", "erase")).id();
    var doneAt = time(clock.instant());
    set(
        id,
        Status.DONE,
        Map.of(
            "doneAt",
            doneAt,
            "leaseUntil",
            doneAt,
            "notify",
            AttributeValue.fromB(SdkBytes.fromUtf8String("sealed"))));
    var told =
        installation.submit("privacy", Installation.request("bob@example.net", "erase")).id();
    set(told, Status.DONE, Map.of("doneAt", doneAt));
    var requests =
        Desk.of(dynamoDb, installation.name(Table.REQUESTS), new Forms(), clock, new SecureRandom())
            .reconcile();

    clock.advance(Duration.ofMinutes(14));
    assertThat(requests.run(Breakers.NONE)).isEqualTo(new Report(0, 0, 0, 0));
    clock.advance(Duration.ofMinutes(1));
    installation.put(
        Table.MAIL_LIMITS, Map.of("key", text("breaker"), "openedAt", time(clock.instant())));
    var stopped = new MailBreaker(dynamoDb, installation.name(Table.MAIL_LIMITS)).read();
    assertThat(requests.run(stopped)).isEqualTo(new Report(0, 0, 0, 0));
    assertThat(requests.run(Breakers.NONE)).isEqualTo(new Report(1, 0, 0, 0));
    assertThat(installation.item(id))
        .containsKeys("notify", "open")
        .doesNotContainKey("leaseUntil");
    assertThat(requests.run(Breakers.NONE)).as("at once").isEqualTo(new Report(0, 0, 0, 0));
    assertThat(installation.item(told)).doesNotContainKey("touchedAt");

    clock.advance(Duration.ofDays(1));
    assertThat(requests.run(stopped)).isEqualTo(new Report(0, 0, 0, 0));
    assertThat(installation.item(id)).doesNotContainKeys("notify", "open");
  }

  @Test
  void whatWasHeldForAStopIsMailedOnceItIsOver() {
    var paused = submit();
    set(paused, Status.HELD, Map.of("reason", text("paused"), "heldAt", time(clock.instant())));
    var spam = submit();
    set(spam, Status.HELD, Map.of("reason", text("spam"), "heldAt", time(clock.instant())));
    clock.advance(Duration.ofMinutes(6));

    installation.put(
        Table.MAIL_LIMITS, Map.of("key", text("breaker"), "openedAt", time(clock.instant())));
    var stopped = new MailBreaker(dynamoDb, installation.name(Table.MAIL_LIMITS)).read();
    assertThat(reconcile.run(stopped)).isEqualTo(new Report(0, 0, 0, 0));
    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(0, 0, 1, 0));
    assertThat(installation.text(paused, "status")).isEqualTo("PENDING");
    assertThat(installation.item(paused)).containsEntry("pausedFor", AttributeValue.fromN("360"));
    assertThat(installation.text(spam, "status")).isEqualTo("HELD");
  }

  /** An attack: behind 10,000 held rows of each eighth, a younger one was never found. */
  @Test
  @Tag("slow")
  void whatIsHeldByTheThousandHidesNothingThatWaitsForItsTurn() {
    int junk = HELD;
    var bounds = junk > Bounds.DEPLOYED.held() ? Bounds.DEPLOYED : new Bounds(junk / 5, 50);
    flood(junk);
    clock.advance(Duration.ofHours(1));
    var paused =
        Stream.generate(this::submit)
            .limit(8)
            .peek(
                id ->
                    set(
                        id,
                        Status.HELD,
                        Map.of("reason", text("paused"), "heldAt", time(clock.instant()))))
            .toList();
    flood(junk / 5);
    clock.advance(Duration.ofMinutes(6));
    var rounds = with(dynamoDb, bounds);

    int runs = 2 + (junk + junk / 5) / bounds.held();
    var unheld = IntStream.range(0, runs).map(_ -> rounds.run(Breakers.NONE).unheld()).sum();

    assertThat(unheld).isEqualTo(paused.size());
    assertThat(paused).allMatch(id -> installation.text(id, "status").equals("PENDING"));
  }

  @Test
  @Tag("slow")
  void whatAMailerHasLeftBehindComesBeforeAThousandThatWait() {
    var id = submit();
    set(id, Status.MAILING, Map.of("leaseUntil", time(clock.instant())));
    clock.advance(Duration.ofMinutes(1));
    flood(1_000, this::waiting);
    clock.advance(Duration.ofMinutes(16));

    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(999, 1, 0, 0));
    assertThat(installation.text(id, "status")).isEqualTo("PENDING");
  }

  private Map<String, AttributeValue> waiting(RowId id) {
    return Map.of(
        "id", text(id.value()),
        "form", text("contact"),
        "status", text("PENDING"),
        "open", text(OpenWork.of(Status.PENDING, id)),
        "createdAt", time(clock.instant()));
  }

  @Test
  @Tag("slow")
  void aRunReadsNoMoreThanItsBoundAndTheNextGoesOnThere() {
    IntStream.range(0, 30).forEach(_ -> submit());
    clock.advance(Duration.ofMinutes(16));
    var rounds = with(dynamoDb, new Bounds(10, 10));

    assertThat(rounds.run(Breakers.NONE)).isEqualTo(new Report(10, 0, 0, 0));
    assertThat(rounds.run(Breakers.NONE)).isEqualTo(new Report(10, 0, 0, 0));
    assertThat(rounds.run(Breakers.NONE).touched()).isBetween(1, 10);
    rounds.run(Breakers.NONE);
    assertThat(reconcile.run(Breakers.NONE)).as("all of them").isEqualTo(new Report(0, 0, 0, 0));
  }

  /** Rows of a flood, as the mailer holds them, without what was sealed. */
  private void flood(int rows) {
    flood(rows, this::held);
  }

  private void flood(int rows, Function<RowId, Map<String, AttributeValue>> row) {
    var random = new SecureRandom();
    Stream.generate(() -> RowId.random(Destination.STORAGE, random))
        .limit(rows)
        .map(row)
        .map(item -> WriteRequest.builder().putRequest(put -> put.item(item)).build())
        .gather(Gatherers.windowFixed(25))
        .forEach(this::write);
  }

  private Map<String, AttributeValue> held(RowId id) {
    return Map.of(
        "id", text(id.value()),
        "form", text("contact"),
        "status", text("HELD"),
        "open", text(OpenWork.of(Status.HELD, id)),
        "reason", text("spam"),
        "createdAt", time(clock.instant()),
        "heldAt", time(clock.instant()));
  }

  private void write(List<WriteRequest> rows) {
    var table = installation.name(Table.SUBMISSIONS);
    installation
        .account()
        .operator()
        .dynamoDb()
        .batchWriteItem(write -> write.requestItems(Map.of(table, rows)));
  }

  @Test
  @Tag("slow")
  void whatWasWokenInVainIsStuck() {
    var id = submit();
    set(id, Status.VERIFIED, Map.of("verifiedAt", time(clock.instant())));
    clock.advance(Duration.ofMinutes(15));
    reconcile.run(Breakers.NONE);
    clock.advance(Duration.ofHours(6));

    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(1, 0, 0, 0));
    clock.advance(Duration.ofMinutes(16));
    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(0, 0, 0, 1));
  }

  @Test
  @Tag("slow")
  void aRowThatFailsKeepsNoOtherFromBeingWokenAndFailsTheRun() {
    var failing = submit();
    List<RowId> others = List.of(submit(), submit(), submit(), submit());
    clock.advance(Duration.ofMinutes(16));

    try (var client = refusing(id -> id.equals(failing))) {
      assertThatIllegalStateException().isThrownBy(() -> with(client).run(Breakers.NONE));
    }
    assertThat(others).allMatch(id -> installation.text(id, "touchedAt") != null);
    assertThat(reconcile.run(Breakers.NONE)).isEqualTo(new Report(1, 0, 0, 0));
  }

  @Test
  @Tag("slow")
  void whenNothingWorksARunGivesUpBeforeItsTimeIsOver() {
    IntStream.range(0, 40).forEach(_ -> submit());
    clock.advance(Duration.ofMinutes(16));
    var refused = new AtomicInteger();

    try (var client = refusing(_ -> refused.incrementAndGet() > 0)) {
      assertThatIllegalStateException().isThrownBy(() -> with(client).run(Breakers.NONE));
    }
    assertThat(refused.get()).isLessThan(30);
  }

  @Test
  void whatFailsAtOneDeskKeepsTheOtherFromNothing() {
    var submission = submit();
    clock.advance(Duration.ofMinutes(16));
    try (var client =
        Refuses.client(
            installation.env("ReconcileFunction"),
            request -> request.toString().contains(installation.name(Table.REQUESTS)))) {
      var failing = desk(client, Table.REQUESTS);
      var working = desk(client, Table.SUBMISSIONS);

      assertThatIllegalStateException()
          .isThrownBy(() -> new Desks(failing, working).reconcile(Breakers.NONE));
    }
    assertThat(installation.text(submission, "touchedAt")).isNotNull();
  }

  private Desk desk(DynamoDbClient client, Table table) {
    return Desk.of(client, installation.name(table), new Forms(), clock, new SecureRandom());
  }

  private DynamoDbClient refusing(Predicate<RowId> which) {
    return Refuses.client(
        installation.env("ReconcileFunction"),
        request ->
            request instanceof UpdateItemRequest update
                && which.test(new RowId(requireNonNull(update.key().get("id")).s())));
  }

  @Test
  void theReportsOfTwoTablesAddUp() {
    var both = new Report(1, 2, 3, 4).plus(new Report(10, 20, 30, 40));

    assertThat(both).isEqualTo(new Report(11, 22, 33, 44));
    assertThat(both.woken()).isEqualTo(66);
  }

  private RowId submit() {
    return installation.submit("contact", Installation.contact("ada@example.org")).id();
  }

  private void set(RowId id, Status status, Map<String, AttributeValue> more) {
    var columns = new HashMap<>(more);
    columns.put("status", text(status.name()));
    columns.put("open", text(OpenWork.of(status, id)));
    installation.with(id, columns);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue time(Instant time) {
    return text(Timestamp.of(time));
  }
}
