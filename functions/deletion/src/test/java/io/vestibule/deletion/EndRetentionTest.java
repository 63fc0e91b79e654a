package io.vestibule.deletion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import io.vestibule.deletion.retain.EndRetention;
import io.vestibule.deletion.retain.EraseDue;
import io.vestibule.local.aws.LostAnswers;
import io.vestibule.store.AwsClients;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.RetentionNotice;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who is to be kept no longer is announced, then erased, and looked after once more. */
class EndRetentionTest extends DeletionAccount {

  private DeadlineWiring deadlines;
  private RetentionNotice notice;

  @BeforeAll
  void wire() {
    var variables = new HashMap<>(account.variables("DeadlineFunction"));
    variables.put("RETENTION_ERASURES_PER_DAY", "1");
    deadlines = new DeadlineWiring(Env.of(variables), clock);
    notice = new RetentionNotice(account.operator().dynamoDb(), "mail-limits");
  }

  private EndRetention.Report run() {
    return deadlines.endRetention.run(() -> false, new OneByOne());
  }

  @Test
  @Tag("slow")
  void someADayAfterTheNotice() throws Exception {
    var ada = people.becomesACustomer("ada@example.net");
    var bob = people.becomesACustomer("bob@example.net");
    assertThat(run().due()).as("nobody is old").isZero();
    clock.advance(Duration.ofDays(740));
    people.becomesACustomer("new@example.net");

    var announced = run();
    assertThat(announced.due()).isEqualTo(1);
    assertThat(announced.erased()).isZero();
    assertThat(announced.erasedFrom().orElseThrow()).isAfter(clock.instant());
    clock.advance(Duration.ofDays(31));
    var first = run();
    assertThat(first.erased()).isEqualTo(1);
    assertThat(notice.read().begun()).hasSize(1);
    var second = run();

    assertThat(second.erased()).isEqualTo(1);
    assertThat(ledger()).contains(ada, bob);
    assertThat(items("customers")).hasSize(1);
    clock.advance(Duration.ofDays(1));
    assertThat(run().due()).isZero();
    assertThat(notice.read().begun()).as("all have settled").isEmpty();
  }

  @Test
  @Tag("slow")
  void whoIsChangedAllTheTimeKeepsNobodyElseWaiting() throws Exception {
    var busy = people.becomesACustomer("busy@example.net");
    var quiet = people.becomesACustomer("quiet@example.net");
    clock.advance(SETTLED);
    var eraseDue =
        new EraseDue(
            parts.eraseCustomer,
            customer -> {
              if (customer.customerId().equals(busy)) {
                order("hold", Map.of("customer", busy, "ground", "§ 147 AO"));
                order("lift", Map.of("customer", busy));
              }
              return true;
            });

    int erased =
        eraseDue.run(
            List.of(begun("busy", busy), begun("quiet", quiet)), () -> false, new OneByOne());

    assertThat(erased).isEqualTo(1);
    assertThat(items("customers"))
        .extracting(it -> text(it, "customerId"))
        .contains(busy)
        .doesNotContain(quiet);
    remove("customers", "customerId", busy);
    remove("identities", "emailIndex", people.index("busy@example.net"));
  }

  /** An attack: with UpdateItem on mail-limits, somebody is said to be begun whom nobody erases. */
  @Test
  void whomSomebodyAddsToTheBegunIsNotErasedNorAreAnybodysRows() {
    var victim = people.becomesACustomer("added@example.net");
    var waiting = people.handsIn("third@example.net");
    clock.advance(SETTLED);

    runWithBegun("third@example.net", victim);

    assertThat(ledger()).noneMatch(it -> it.contains(victim));
    assertThat(people.item(Destination.STORAGE, waiting)).containsKey("sealed");
    remove("customers", "customerId", victim);
    remove("identities", "emailIndex", people.index("added@example.net"));
  }

  /** Without an attacker, too: a run before the lost table was recovered. */
  @Test
  void whoWasBegunAndLostTheirKeyIsNotErased() {
    var number = people.becomesACustomer("lost@example.net");
    remove("identities", "emailIndex", people.index("lost@example.net"));

    runWithBegun("lost@example.net", number);

    assertThat(ledger()).noneMatch(it -> it.contains(number));
    assertThat(parts.rows.find(number)).isPresent();
    remove("customers", "customerId", number);
  }

  /** With the same right: what is no entry at all must not fail every run. */
  @Test
  void whatIsNoEntryOfTheBegunFailsNoRunAndGoes() {
    run();
    var others = List.of(AttributeValue.fromS("x"), AttributeValue.fromM(Map.of()));
    begin("settled@example.net", "c0", others);
    clock.advance(Duration.ofDays(1));

    run();

    assertThat(notice.read().column()).isEmpty();
  }

  @Test
  void whatIsWrittenDownThoughTheAnswerIsLostBegins() {
    run();
    var all = List.of(begun("lost-answer", "c0"));
    var builder =
        AwsClients.configure(
            DynamoDbClient.builder(), Env.of(account.variables("DeadlineFunction")));
    try (var lossy = LostAnswers.into(builder).build()) {
      var losing = new RetentionNotice(lossy, "mail-limits");

      assertThat(losing.begin(notice.read(), all)).isTrue();
      assertThat(losing.begin(notice.read().with(List.of()), List.of(begun("other", "c1"))))
          .as("another was faster")
          .isFalse();
      assertThat(losing.begin(notice.read(), List.of())).isTrue();
    }
    assertThat(notice.read().column()).isEmpty();
  }

  /** The run fails in the end; what it is there for is done all the same. */
  @Test
  void whatFailsAboutOnePersonKeepsNoEntryOfTheLedgerFromBeingSigned() {
    write("erasures", Map.of("customerId", "broken", "erasedAt", "?", "request", "retention"));
    write(
        "erasures",
        Map.of(
            "customerId", "landed",
            "erasedAt", Timestamp.of(clock.instant()),
            "request", "retention"));
    putLanded("landed");
    begin("broken@example.net", "broken", List.of());

    var handler = new DeadlineHandler(Env.of(account.variables("DeadlineFunction")), clock);
    assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> handler.run(() -> false));

    assertThat(ledger()).anyMatch(it -> it.startsWith("2/landed."));
    remove("erasures", "customerId", "broken");
    clock.advance(Duration.ofDays(1));
    run();
  }

  @Test
  void whatThereIsNoTimeForIsSignedByTheNextRun() {
    write(
        "erasures",
        Map.of(
            "customerId", "later",
            "erasedAt", Timestamp.of(clock.instant()),
            "request", "retention"));
    putLanded("later");
    var looks = new AtomicInteger();

    assertThat(deadlines.signLedger.run(() -> true)).isZero();
    assertThat(deadlines.signLedger.run(() -> looks.incrementAndGet() > 1)).isZero();
    assertThat(ledger()).noneMatch(it -> it.startsWith("2/later."));
    assertThat(deadlines.signLedger.run(() -> false)).isPositive();

    assertThat(ledger()).anyMatch(it -> it.startsWith("2/later."));
    assertThat(deadlines.signLedger.run(() -> false)).as("again").isZero();
  }

  private void putLanded(String number) {
    account
        .operator()
        .s3()
        .putObject(
            put ->
                put.bucket(account.variables("DeletionFunction").getOrDefault("BACKUP_BUCKET", ""))
                    .key("ledger/" + number + ".json"),
            RequestBody.fromString("{}"));
  }

  private void write(String table, Map<String, String> columns) {
    var item = new HashMap<String, AttributeValue>();
    columns.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    account.operator().dynamoDb().putItem(put -> put.tableName(table).item(item));
  }

  /** An attack: with PutItem on identities, more rows of a number keep its customer for ever. */
  @Test
  @Tag("slow")
  void forgedRowsOfANumberKeepItsCustomerNeitherFromAHoldNorFromTheEndOfRetention()
      throws Exception {
    var number = people.becomesACustomer("twice@example.net");
    var index = people.index("twice@example.net");
    copies(index).forEach(this::putIdentity);

    order("hold", Map.of("customer", number, "ground", "§ 147 AO"));
    assertThat(parts.customers.find(index).orElseThrow().record().hold()).isNotNull();
    order("lift", Map.of("customer", number));
    endTheirTime();

    assertThat(parts.rows.find(number)).isEmpty();
    assertThat(parts.identities.find(index)).isEmpty();
    copies(index).forEach(it -> remove("identities", "emailIndex", text(it, "emailIndex")));
  }

  /** Which of them an index names first is chance: of eight, one nearly always comes before. */
  private List<Map<String, AttributeValue>> copies(String index) {
    var original = new HashMap<String, AttributeValue>();
    identity(index).ifPresent(original::putAll);
    return IntStream.range(0, 8)
        .<Map<String, AttributeValue>>mapToObj(
            number -> {
              var copy = new HashMap<>(original);
              copy.put("emailIndex", AttributeValue.fromS("forged-" + number));
              return copy;
            })
        .toList();
  }

  private Optional<Map<String, AttributeValue>> identity(String index) {
    return items("identities").stream()
        .filter(it -> text(it, "emailIndex").equals(index))
        .findFirst();
  }

  private void putIdentity(Map<String, AttributeValue> item) {
    account.operator().dynamoDb().putItem(put -> put.tableName("identities").item(item));
  }

  /** An attack: the row of one whose record cannot even be looked at ends retention for all. */
  @Test
  @Tag("slow")
  void whoCannotBeLookedAtKeepsNobodyElse() {
    var broken = people.becomesACustomer("broken-row@example.net");
    var other = people.becomesACustomer("whole-row@example.net");
    var item = new HashMap<>(identity(people.index("broken-row@example.net")).orElseThrow());
    item.keySet().removeAll(Set.of("version", "decisions", "binding"));
    item.put("wrapped", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[7000])));
    putIdentity(item);

    endTheirTime();

    assertThat(parts.rows.find(other)).isEmpty();
    assertThat(parts.rows.find(broken)).isPresent();
    remove("customers", "customerId", broken);
    remove("identities", "emailIndex", people.index("broken-row@example.net"));
  }

  /**
   * An attack: while old rows are being bound, a second row of a number, under any address, takes
   * the record and leaves the key. Nobody here can tell whose address it is.
   */
  @Test
  void whoseKeyIsNotBoundIsNotErasedYet() {
    var number = people.becameACustomerBefore("unbound@example.net");
    var index = people.index("unbound@example.net");
    var copy = new HashMap<>(identity(index).orElseThrow());
    copy.put("emailIndex", AttributeValue.fromS("forged"));
    putIdentity(copy);

    endTheirTime();

    assertThat(parts.rows.find(number)).isPresent();
    assertThat(parts.identities.find(index)).isPresent();
    remove("customers", "customerId", number);
    remove("identities", "emailIndex", index);
    remove("identities", "emailIndex", "forged");
  }

  /** All who are due are erased, one a day. */
  private void endTheirTime() {
    clock.advance(Duration.ofDays(740));
    run();
    clock.advance(Duration.ofDays(31));
    while (run().erased() > 0) {
      clock.advance(Duration.ofDays(1));
    }
  }

  private void runWithBegun(String address, String number) {
    begin(address, number, List.of());
    run();
    clock.advance(Duration.ofDays(1));
    run();
    assertThat(notice.read().begun()).as("forgotten").isEmpty();
  }

  private void begin(String address, String number, List<AttributeValue> others) {
    var begun =
        Map.of(
            "emailIndex", AttributeValue.fromS(people.index(address)),
            "customerId", AttributeValue.fromS(number),
            "at", AttributeValue.fromS(Timestamp.of(clock.instant())));
    var all = new ArrayList<>(others);
    all.add(AttributeValue.fromM(begun));
    account
        .operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("mail-limits")
                    .key(Map.of("key", AttributeValue.fromS("retention")))
                    .updateExpression("SET begun = :begun")
                    .expressionAttributeValues(Map.of(":begun", AttributeValue.fromL(all))));
  }

  private RetentionNotice.Begun begun(String name, String customerId) {
    return new RetentionNotice.Begun(
        people.index(name + "@example.net"), customerId, clock.instant());
  }

  private void order(String what, Map<String, String> whom) {
    wiring.carryOutOrder.run(Json.MAPPER.valueToTree(Map.of(what, whom)), "test");
  }

  @Test
  @Tag("slow")
  void requestsAreCountedByHowMuchOfTheirTimeIsOver() {
    people.asks("due@example.net", Kind.ACCESS);
    var fresh = deadlines.watchDeadlines.run();
    clock.advance(Duration.ofDays(16));
    var half = deadlines.watchDeadlines.run();
    clock.advance(Duration.ofDays(9));
    var nearly = deadlines.watchDeadlines.run();
    clock.advance(Duration.ofDays(6));

    assertThat(fresh).isEqualTo(new WatchDeadlines.Report(1, 0, 0, 0, 0));
    assertThat(half).isEqualTo(new WatchDeadlines.Report(0, 1, 0, 0, 0));
    assertThat(nearly).isEqualTo(new WatchDeadlines.Report(0, 0, 1, 0, 0));
    assertThat(deadlines.watchDeadlines.run()).isEqualTo(new WatchDeadlines.Report(0, 0, 0, 1, 0));
  }
}
