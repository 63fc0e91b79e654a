package io.vestibule.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** A restore dies when some of its files are written: the next one goes on behind them. */
class RestoreGoesOnTest extends Journey {

  /** So that each of the four files takes two writes, and a death can come between them. */
  private static final int CUSTOMERS = Cases.areAll() ? 200 : 120;

  /** Of the deaths of a restore of identities, in a build. */
  private static final int SOME = 8;

  private static final String TABLE = "vestibule-restore-customers";
  private static final Map<String, Object> RESTORE = Map.of("backup", "latest", "into", TABLE);

  private final AtomicInteger written = new AtomicInteger();
  private final AtomicInteger writtenEntries = new AtomicInteger();
  private Backups backups;
  private int finished;

  @BeforeAll
  void backUp() {
    backups = new Backups(host);
    for (int i = 0; i < CUSTOMERS; i++) {
      var item = Map.of("customerId", AttributeValue.fromS("c" + i));
      host.operator().dynamoDb().putItem(put -> put.tableName("customers").item(item));
      backups.put("entries", entry(i));
    }
    backups.returns("BackupFunction", Map.of());
  }

  private static Map<String, AttributeValue> entry(int i) {
    return Map.of(
        "customerId", AttributeValue.fromS("c" + i),
        "entryId", AttributeValue.fromS("20261120T090000000Z-s%022d".formatted(i)),
        "form", AttributeValue.fromS("newsletter"));
  }

  @BeforeEach
  void dieAfterTheSecondFile() {
    dies(RESTORE);
  }

  private void dies(Map<String, Object> order) {
    CallInterceptor.disturb(new DiesAfter(2));
    assertThat(backups.invoke("RestoreFunction", order)).isInstanceOf(Outcome.Failed.class);
    CallInterceptor.calm();
    finished =
        backups.keys("progress/restore/").stream()
            .mapToInt(key -> json(key).at("/written/restored").asInt())
            .sum();
    assertThat(finished).isBetween(1, CUSTOMERS - 1);
  }

  /** The first files are written to the end; of the others some are then in the middle. */
  private static final class DiesAfter implements Disturbance {

    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch written;
    private final int last;
    private volatile boolean dead;

    DiesAfter(int last) {
      this.last = last;
      this.written = new CountDownLatch(last);
    }

    @Override
    public void before(Call call) {
      if (keepsAFile(call) && begun.incrementAndGet() > last) {
        await(written);
        dead = true;
      }
      if (dead && call.function().equals("RestoreFunction")) {
        throw new Death(call.toString());
      }
    }

    @Override
    public void after(Call call) {
      if (keepsAFile(call)) {
        written.countDown();
      }
    }

    private static boolean keepsAFile(Call call) {
      return call.toString().equals("RestoreFunction PutObject");
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Death(e.toString());
      }
    }
  }

  private JsonNode json(String key) {
    try {
      return Json.MAPPER.readTree(backups.read(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void dropTheTable() {
    CallInterceptor.calm();
    backups.keys("progress/restore/").forEach(backups::delete);
    for (var name : host.operator().dynamoDb().listTables().tableNames()) {
      if (name.startsWith("vestibule-restore-")) {
        host.operator().dynamoDb().deleteTable(table -> table.tableName(name));
      }
    }
    tables.clear("identities");
  }

  @Test
  void whatIsWrittenIsNotWrittenAgain() {
    var report = restore();

    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    assertThat(rows()).isEqualTo(CUSTOMERS);
    assertThat(written.get()).isEqualTo(CUSTOMERS - finished);
    assertThat(backups.keys("progress/restore/")).isEmpty();
  }

  @Test
  void whatTheNextVersionHasWrittenIsNotWrittenAgain() {
    for (String key : backups.keys("progress/restore/")) {
      var kept = ((ObjectNode) json(key)).put("version", 2);
      ((ObjectNode) kept.path("written")).put("entries", 3);
      backups.write(key, kept.toString().getBytes(UTF_8));
    }

    restore();

    assertThat(written.get()).isEqualTo(CUSTOMERS - finished);
    assertThat(rows()).isEqualTo(CUSTOMERS);
  }

  @Test
  void whoWasErasedInBetweenIsTakenOut() {
    int erased = CUSTOMERS / 10; // So that some are in files that are written, and some are not.
    for (int i = 0; i < erased; i++) {
      backups.erase("c" + i);
    }

    var report = restore();

    assertThat(report.path("erased").asInt()).isEqualTo(erased);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS - erased);
    assertThat(rows()).isEqualTo(CUSTOMERS - erased);
    for (int i = 0; i < erased; i++) {
      backups.remove("erasures", "customerId", "c" + i);
    }
  }

  @Test
  void whoDiesOverTheEntriesWritesNoCustomerAgainAndNoEntryThatIsWritten() {
    diesOverTheEntries();
    var report = restore();
    assertThat(written.get()).as("customers").isZero();
    assertThat(writtenEntries.get()).isEqualTo(CUSTOMERS - finished);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    assertThat(report.at("/entries/restored").asInt()).isEqualTo(CUSTOMERS);
    assertThat(tables.items(TABLE + "-entries")).hasSize(CUSTOMERS);
    assertThat(backups.keys("progress/restore/")).isEmpty();
  }

  /** The customers are all written, and those of them who are erased are in files that are, too. */
  @Test
  void whoWasErasedInBetweenIsTakenOutOfTheEntriesToo() {
    diesOverTheEntries();
    int erased = CUSTOMERS / 10;
    for (int i = 0; i < erased; i++) {
      backups.erase("c" + i);
    }
    var report = restore();
    for (int i = 0; i < erased; i++) {
      backups.remove("erasures", "customerId", "c" + i);
    }
    assertThat(report.path("erased").asInt()).isEqualTo(erased);
    assertThat(report.at("/entries/erased").asInt()).isEqualTo(erased);
    assertThat(report.at("/entries/restored").asInt()).isEqualTo(CUSTOMERS - erased);
    assertThat(tables.items(TABLE + "-entries")).hasSize(CUSTOMERS - erased);
    assertThat(rows()).isEqualTo(CUSTOMERS - erased);
  }

  @Test
  void aTableOfEntriesThatWasMadeAgainIsFilledFromTheStart() {
    diesOverTheEntries();
    host.operator().dynamoDb().deleteTable(table -> table.tableName(TABLE + "-entries"));
    restore();
    assertThat(written.get()).as("customers").isZero();
    assertThat(tables.items(TABLE + "-entries")).hasSize(CUSTOMERS);
  }

  /** All files of customers are written, and one or more of entries. */
  private void diesOverTheEntries() {
    backups.keys("progress/restore/").forEach(backups::delete);
    int files =
        (int)
            backups.keys("backups/").stream()
                .filter(key -> key.contains("/customers/") && key.endsWith(".json.gz"))
                .count();
    CallInterceptor.disturb(new DiesAfter(files + 1));
    assertThat(backups.invoke("RestoreFunction", RESTORE)).isInstanceOf(Outcome.Failed.class);
    CallInterceptor.calm();
    finished =
        backups.keys("progress/restore/").stream()
            .filter(key -> key.contains(TABLE + "-entries/"))
            .mapToInt(key -> json(key).at("/written/restored").asInt())
            .sum();
    assertThat(finished).isBetween(1, CUSTOMERS - 1);
  }

  @Test
  void aTableThatWasMadeAgainIsFilledFromTheStart() {
    host.operator().dynamoDb().deleteTable(table -> table.tableName(TABLE));

    assertThat(restore().path("restored").asInt()).isEqualTo(CUSTOMERS);

    assertThat(rows()).isEqualTo(CUSTOMERS);
  }

  @Test
  void afterTwoHoursAllIsWrittenAgain() {
    clock.advance(Duration.ofHours(2));

    restore();

    assertThat(written.get()).isEqualTo(CUSTOMERS);
  }

  /** Somebody writes to the bucket who should not: of what is left, no more is harmed than time. */
  @Test
  void progressThatCannotBeTrueOfTheBackupIsNotBelieved() {
    for (String key : backups.keys("progress/restore/")) {
      var kept = (ObjectNode) json(key);
      var written = (ObjectNode) kept.path("written");
      written.put("restored", written.path("restored").asInt() - 1);
      written.putArray("keptOut").add("c0"); // The count is right, but nobody erased them.
      backups.write(key, kept.toString().getBytes(UTF_8));
      written.put("restored", written.path("restored").asInt() + 1).putArray("keptOut");
      backups.write(key + "-too-many", more(kept).toString().getBytes(UTF_8));
    }

    restore();

    assertThat(written.get()).isEqualTo(CUSTOMERS);
    assertThat(rows()).isEqualTo(CUSTOMERS);
  }

  @Test
  void progressThatIsNotWholeOrIsToComeIsNotBelieved() {
    for (String key : backups.keys("progress/restore/")) {
      var kept = (ObjectNode) json(key);
      kept.put("at", clock.instant().plus(Duration.ofDays(1)).toString());
      backups.write(key, kept.toString().getBytes(UTF_8));
      kept.put("at", clock.instant().toString());
      ((ObjectNode) kept.path("written")).remove("keptOut");
      backups.write(key + "-no-erased", kept.toString().getBytes(UTF_8));
      ((ObjectNode) kept.path("written")).putArray("keptOut");
      ((ObjectNode) kept.path("written")).remove("file");
      backups.write(key + "-no-file", kept.toString().getBytes(UTF_8));
      backups.write(key + "-nothing", "{}".getBytes(UTF_8));
    }

    restore();

    assertThat(written.get()).isEqualTo(CUSTOMERS);
    assertThat(rows()).isEqualTo(CUSTOMERS);
  }

  private static ObjectNode more(ObjectNode kept) {
    var written = (ObjectNode) kept.path("written");
    written.put("skipped", written.path("skipped").asInt() + 1);
    return kept;
  }

  @Test
  void intoTheLiveTableItGoesOnToo() {
    backups.keys("progress/restore/").forEach(backups::delete);
    backups.loseCustomers();
    dies(Map.of("backup", "latest", "into", "live"));
    var puts = new AtomicInteger();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            puts.addAndGet(call.request() instanceof PutItemRequest ? 1 : 0);
          }
        });

    var report = backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(new Tables(host).items("customers")).hasSize(CUSTOMERS);
    assertThat(report.path("restored").asInt() + report.path("skipped").asInt())
        .isEqualTo(CUSTOMERS);
    assertThat(report.at("/entries/skipped").asInt()).isEqualTo(CUSTOMERS);
    assertThat(puts.get()).isEqualTo(CUSTOMERS - finished + CUSTOMERS);
  }

  /** The table is its own progress: those who are there are passed over. */
  @Test
  void identitiesAreBroughtBackByTheNextCall() {
    for (int i = 0; i < 10; i++) {
      var identity =
          Map.of(
              "emailIndex", AttributeValue.fromS("e" + i),
              "customerId", AttributeValue.fromS("c" + i));
      backups.put("identities", identity);
    }
    backups.copyOfIdentities("vestibule-restore-identities");
    for (int i = 0; i < 10; i++) {
      backups.remove("identities", "emailIndex", "e" + i);
    }
    var order = Map.of("table", "identities", "from", "vestibule-restore-identities");
    var puts = new AtomicInteger();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof PutItemRequest && puts.incrementAndGet() > 4) {
              throw new Death(call.toString());
            }
          }
        });
    assertThat(backups.invoke("RestoreFunction", order)).isInstanceOf(Outcome.Failed.class);
    CallInterceptor.calm();

    var report = backups.returns("RestoreFunction", order);

    int restored = report.path("restored").asInt();
    assertThat(restored).as("writes that were on their way may have died, too").isBetween(6, 10);
    assertThat(report.path("skipped").asInt()).isEqualTo(10 - restored);
    assertThat(new Tables(host).items("identities")).hasSize(10);
  }

  @Test
  void aSecondRunOfIdentitiesCostsLessThanAThirdOfTheFirst() {
    int identities = 100;
    var order = recovered(identities);

    int first = calls(() -> backups.returns("RestoreFunction", order));
    int second = calls(() -> backups.returns("RestoreFunction", order));

    assertThat(first).isGreaterThan(identities);
    assertThat(second * 10).isLessThan(first * 3);
    assertThat(tables.items("identities")).hasSize(identities);
  }

  @Test
  void ofTwoVersionsOfAnIdentityTheNewerStays() {
    var order = recovered(0);
    var live = List.of(identity(1, "c1", 3), identity(2, "c2", 5), identity(3, "c3", 0));
    var old = List.of(identity(1, "c1", 4), identity(2, "c2", 4), identity(3, "c3", 1));
    var others = List.of(identity(4, "c4", 1), identity(5, "c5", 9), identity(6, "c6", 0));
    live.forEach(it -> backups.put("identities", it));
    backups.put("identities", identity(4, "another", 1));
    backups.put("identities", identity(5, "another", 1));
    old.forEach(it -> backups.put("vestibule-restore-identities", it));
    others.forEach(it -> backups.put("vestibule-restore-identities", it));

    var report = backups.returns("RestoreFunction", order);

    assertThat(report.path("restored").asInt()).isEqualTo(3);
    assertThat(report.path("skipped").asInt()).isEqualTo(3);
    assertThat(tables.items("identities"))
        .containsExactlyInAnyOrder(
            identity(1, "c1", 4),
            identity(2, "c2", 5),
            identity(3, "c3", 1),
            identity(4, "another", 1),
            identity(5, "another", 1),
            identity(6, "c6", 0));
  }

  @Test
  void killedAtAnyCallOfIdentitiesTheNextRunBringsBackTheRest() {
    var order = recovered(6);
    backups.erase("c0"); // It was written by an earlier run, and erased since.
    backups.put("identities", identity(0, "c0", 0));
    int all = calls(() -> backups.returns("RestoreFunction", order));
    assertThat(all).isGreaterThan(20);
    for (var death : Cases.spread(DiesAt.each(all), SOME)) {
      tables.clear("identities");
      backups.put("identities", identity(0, "c0", 0));
      CallInterceptor.disturb(death);
      var outcome = backups.invoke("RestoreFunction", order);
      CallInterceptor.calm();
      assertThat(outcome).as(death.toString()).isInstanceOf(Outcome.Failed.class);

      backups.returns("RestoreFunction", order);

      assertThat(tables.items("identities"))
          .as(death.toString())
          .hasSize(5)
          .doesNotContain(identity(0, "c0", 0));
    }
    backups.remove("erasures", "customerId", "c0");
  }

  private record DiesAt(int number, boolean isBefore, AtomicInteger calls) implements Disturbance {

    DiesAt(int number, boolean isBefore) {
      this(number, isBefore, new AtomicInteger());
    }

    /** Before and after each of so many calls. */
    static List<DiesAt> each(int calls) {
      return IntStream.rangeClosed(1, calls)
          .boxed()
          .flatMap(number -> Stream.of(new DiesAt(number, true), new DiesAt(number, false)))
          .toList();
    }

    @Override
    public void before(Call call) {
      if (!call.isOfTheOperator() && calls.incrementAndGet() >= number && isBefore) {
        throw new Death(toString());
      }
    }

    @Override
    public void after(Call call) {
      if (!call.isOfTheOperator() && calls.get() >= number) {
        throw new Death(toString());
      }
    }
  }

  private static Map<String, AttributeValue> identity(int index, String number, int version) {
    var item = new HashMap<String, AttributeValue>();
    item.put("emailIndex", AttributeValue.fromS("e" + index));
    item.put("customerId", AttributeValue.fromS(number));
    if (version > 0) {
      item.put("version", AttributeValue.fromN("" + version));
    }
    return item;
  }

  /** A table of so many identities that was recovered, and none in the live table. */
  private Map<String, Object> recovered(int identities) {
    tables.clear("identities");
    backups.copyOfIdentities("vestibule-restore-identities");
    for (int i = 0; i < identities; i++) {
      backups.put("vestibule-restore-identities", identity(i, "c" + i, 0));
    }
    return Map.of("table", "identities", "from", "vestibule-restore-identities");
  }

  private static int calls(Runnable work) {
    var calls = new AtomicInteger();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            calls.addAndGet(call.isOfTheOperator() ? 0 : 1);
          }
        });
    work.run();
    CallInterceptor.calm();
    return calls.get();
  }

  /** Restores, and counts the customers and the entries that are written to the tables. */
  private JsonNode restore() {
    written.set(0);
    writtenEntries.set(0);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof BatchWriteItemRequest write) {
              var items = write.requestItems();
              written.addAndGet(items.getOrDefault(TABLE, List.of()).size());
              writtenEntries.addAndGet(items.getOrDefault(TABLE + "-entries", List.of()).size());
            }
          }
        });
    return backups.returns("RestoreFunction", RESTORE);
  }

  private int rows() {
    return host.operator().dynamoDb().scan(scan -> scan.tableName(TABLE)).count();
  }
}
