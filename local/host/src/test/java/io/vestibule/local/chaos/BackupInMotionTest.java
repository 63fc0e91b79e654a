package io.vestibule.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Tables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** The table does not stand still while it is backed up, or restored. */
class BackupInMotionTest extends Journey {

  private static final int CUSTOMERS = 20;

  private Backups backups;

  @BeforeAll
  void prepare() {
    backups = new Backups(host);
  }

  @BeforeEach
  void fillTheTable() {
    clock.advance(Duration.ofMinutes(1));
    for (var identity : new Tables(host).items("identities")) {
      backups.remove("identities", "emailIndex", Tables.text(identity, "emailIndex"));
    }
    for (int i = 0; i < CUSTOMERS; i++) {
      put("customers", "c" + i);
    }
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  /** What else happens at the first call of this kind. */
  private static Disturbance at(String function, String operation, Runnable what) {
    var happened = new AtomicBoolean();
    return new Disturbance() {
      @Override
      public void after(Call call) {
        if (call.toString().equals(function + " " + operation)
            && happened.compareAndSet(false, true)) {
          what.run();
        }
      }
    };
  }

  @Test
  void nothingThatWasThereBeforeTheStartIsMissing() {
    CallInterceptor.disturb(
        at(
            "BackupFunction",
            "Scan",
            () -> {
              for (int i = 0; i < CUSTOMERS; i++) {
                put("customers", "during-" + i);
              }
            }));
    backups.returns("BackupFunction", Map.of());
    CallInterceptor.calm();
    backups.loseCustomers();

    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(customers())
        .containsAll(IntStream.range(0, CUSTOMERS).mapToObj(i -> "c" + i).toList());
  }

  @Test
  void whoIsErasedWhileABackupIsTakenStaysErased() {
    CallInterceptor.disturb(at("BackupFunction", "Scan", () -> backups.erase("c3")));
    backups.returns("BackupFunction", Map.of());
    CallInterceptor.calm();
    backups.loseCustomers();
    delete("erasures", "c3"); // The table is lost, too: the backup still knows.

    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(customers()).hasSizeGreaterThanOrEqualTo(CUSTOMERS - 1).doesNotContain("c3");
  }

  @Test
  void whoIsErasedWhileABackupIsRestoredStaysErased() {
    backups.returns("BackupFunction", Map.of());
    backups.loseCustomers();
    CallInterceptor.disturb(at("RestoreFunction", "PutItem", () -> backups.erase("c4")));

    var report = backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    assertThat(customers()).doesNotContain("c4");
    assertThat(report.path("erased").asInt()).isEqualTo(1);
    assertThat(report.path("restored").asInt()).isEqualTo(customers().size());
    delete("erasures", "c4");
  }

  /** The erasure has looked for entries before this one came back. */
  @Test
  void whoIsErasedWhileTheirEntriesAreRestoredHasNoneInTheEnd() {
    backups.put("entries", entry("c4"));
    backups.put("entries", entry("c5"));
    backups.returns("BackupFunction", Map.of());
    loseEntries();
    var happened = new AtomicBoolean();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void after(Call call) {
            if (call.request() instanceof PutItemRequest put
                && put.tableName().equals("entries")
                && Tables.text(put.item(), "customerId").equals("c4")
                && happened.compareAndSet(false, true)) {
              backups.erase("c4");
              delete("customers", "c4");
            }
          }
        });
    var report = backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));
    CallInterceptor.calm();
    assertThat(happened).isTrue();
    assertThat(new Tables(host).items("entries")).containsExactly(entry("c5"));
    assertThat(report.at("/entries/restored").asInt()).isEqualTo(1);
    assertThat(report.at("/entries/erased").asInt()).isEqualTo(1);
    loseEntries();
    delete("erasures", "c4");
  }

  private static Map<String, AttributeValue> entry(String number) {
    return Map.of(
        "customerId", AttributeValue.fromS(number),
        "entryId", AttributeValue.fromS("20261120T090000000Z-sAAAAAAAAAAAAAAAAAAAAAA"),
        "form", AttributeValue.fromS("newsletter"));
  }

  private void loseEntries() {
    for (var item : new Tables(host).items("entries")) {
      var key = new HashMap<>(item);
      key.keySet().retainAll(List.of("customerId", "entryId"));
      host.operator().dynamoDb().deleteItem(delete -> delete.tableName("entries").key(key));
    }
  }

  @Test
  void whoComesOrGoesWhileADrillComparesTheTablesIsNoOrphan() {
    backups.loseCustomers();
    backups.returns("BackupFunction", Map.of()); // Of nobody: none of these could be opened.
    fillTheTable();
    for (String number : customers()) {
      putIdentity(number);
    }
    var before = clock.instant();
    CallInterceptor.disturb(new ComeAndGo());
    var drill = backups.returns("DrillFunction", Map.of());
    CallInterceptor.calm();

    assertThat(customers()).contains("came").doesNotContain("c5", "c6");
    assertThat(drill.path("orphans").asInt(-1)).isZero();
    assertThat(clock.instant()).as("the index was waited for").isAfter(before.plusSeconds(60));
  }

  @Test
  void whoTheIndexDoesNotKnowYetIsWholeNevertheless() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    CallInterceptor.disturb(new IndexSays(List.of()));

    assertThat(forget(number)).isEqualTo("whole");

    assertThat(customers()).contains(number);
  }

  @Test
  void whoseAddressIsSomebodyElsesByNowLeavesThemAlone() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    var row = new HashMap<>(rowsOf("customers", number).getFirst());
    row.put("customerId", AttributeValue.fromS("before"));
    backups.put("customers", row);
    CallInterceptor.disturb(new IndexSays(rowsOf("identities", number)));

    assertThat(forget("before")).isEqualTo("forgotten");

    assertThat(customers()).contains(number).doesNotContain("before");
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
  }

  /** What the index of identities answers, which may lag. */
  private record IndexSays(List<Map<String, AttributeValue>> items) implements Disturbance {

    @Override
    public SdkResponse hears(Call call, SdkResponse answer) {
      return call.request() instanceof QueryRequest query && "byCustomer".equals(query.indexName())
          ? QueryResponse.builder().items(items).count(items.size()).build()
          : answer;
    }
  }

  private List<Map<String, AttributeValue>> rowsOf(String table, String number) {
    return new Tables(host)
        .items(table).stream()
            .filter(item -> Tables.text(item, "customerId").equals(number))
            .toList();
  }

  private String forget(String number) {
    return backups
        .returns("DeletionFunction", Map.of("forget", Map.of("customer", number)))
        .path("outcome")
        .asText();
  }

  @Test
  void aDrillTellsOfItsBackupAlthoughTheTablesCannotBeCompared() {
    backups.loseCustomers();
    backups.returns("BackupFunction", Map.of());
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof ScanRequest scan && scan.indexName() != null) {
              throw SdkClientException.create("unreachable");
            }
          }
        });

    var drill = backups.returns("DrillFunction", Map.of());
    CallInterceptor.calm();

    assertThat(drill.path("passed").asBoolean()).isTrue();
    var report = new String(backups.read(drill.path("report").asText()), UTF_8).replace(" ", "");
    assertThat(report).contains("\"complete\":false");
  }

  /**
   * One is stored and one is erased when identities have been read and customers have not; and one
   * is in the middle of being erased, as the index sees it, until they are looked at again.
   */
  private final class ComeAndGo implements Disturbance {

    private boolean happened;

    @Override
    public void after(Call call) {
      if (call.request() instanceof QueryRequest query
          && query.tableName().equals("customers")
          && query.expressionAttributeValues().containsValue(AttributeValue.fromS("c6"))) {
        backups.remove("identities", "emailIndex", "of-c6");
      }
    }

    @Override
    public synchronized void before(Call call) {
      if (!happened
          && call.request() instanceof ScanRequest scan
          && scan.tableName().equals("customers")) {
        happened = true;
        put("customers", "came");
        putIdentity("came");
        delete("customers", "c5");
        backups.remove("identities", "emailIndex", "of-c5");
        delete("customers", "c6");
      }
    }
  }

  private void putIdentity(String customerId) {
    var item =
        Map.of(
            "emailIndex", AttributeValue.fromS("of-" + customerId),
            "customerId", AttributeValue.fromS(customerId));
    host.operator().dynamoDb().putItem(put -> put.tableName("identities").item(item));
  }

  private List<String> customers() {
    return new Tables(host)
        .items("customers").stream().map(item -> Tables.text(item, "customerId")).toList();
  }

  private void put(String table, String customerId) {
    host.operator()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName(table).item(Map.of("customerId", AttributeValue.fromS(customerId))));
  }

  private void delete(String table, String customerId) {
    host.operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(Map.of("customerId", AttributeValue.fromS(customerId))));
  }
}
