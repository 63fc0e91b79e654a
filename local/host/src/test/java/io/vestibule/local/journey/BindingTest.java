package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Customers of the version before are bound by a pass. It ends whatever is in the table, and from
 * then on a key without a binding opens nothing.
 */
class BindingTest extends Journey {

  /** Bytes: the most that an item may have, names and values. */
  private static final int MOST = 409_600;

  private Backups functions;
  private Records records;

  @BeforeEach
  void begin() {
    functions = new Backups(host);
    records = new Records(host);
    again();
  }

  @Test
  void everybodyOfTheVersionBeforeIsBoundAndThePassEnds() throws Exception {
    var all = List.of(before(), before(), before());
    var customers = tables.items("customers");

    var first = pass();
    clock.advance(Duration.ofHours(2));
    var second = pass();

    assertThat(first.path("bound").asInt()).isEqualTo(3);
    assertThat(first.path("state").asText()).isEqualTo("open");
    assertThat(second.path("bound").asInt()).isZero();
    assertThat(second.path("state").asText()).isEqualTo("ended");
    assertThat(all).allMatch(person -> records.isBound(person.address));
    assertThat(tables.items("customers")).containsExactlyInAnyOrderElementsOf(customers);
    for (Person person : all) {
      assertThat(Requests.asked(this, person, "access").status()).isEqualTo("DONE");
    }
  }

  /** A version that does not bind what it stores may run for moments after the first look. */
  @Test
  void twoLooksThatFollowOneAnotherDoNotEndIt() {
    assertThat(pass().path("state").asText()).isEqualTo("open");
    assertThat(pass().path("state").asText()).isEqualTo("open");
  }

  @Test
  void whatIsForgedOrLostStopsNobodyAndIsNotBound() throws Exception {
    var victim = before();
    var insider = somebody();
    tie(victim, insider);
    var lost = before();
    functions.remove("customers", "customerId", records.customerId(lost.address));
    var strange = new HashMap<>(identity(before()));
    strange.put("emailIndex", AttributeValue.fromS("strange"));
    strange.remove("wrapped");
    functions.put("identities", strange);
    var other = before();

    var answer = pass();

    assertThat(answer.path("refused").asInt()).isEqualTo(3);
    assertThat(records.isBound(victim.address)).isTrue();
    assertThat(records.isBound(other.address)).isTrue();
    assertThat(records.isBound(insider.address)).isFalse();
    clock.advance(Duration.ofHours(2));
    assertThat(pass().path("state").asText()).isEqualTo("ended");
    functions.remove("identities", "emailIndex", "strange");
    functions.remove("identities", "emailIndex", records.emailIndex(insider.address));
    functions.remove("identities", "emailIndex", records.emailIndex(lost.address));
  }

  /** Whoever may write the table can fill a row up to what DynamoDB takes. */
  @Test
  void aRowWithoutRoomForABindingIsRefusedAndStopsNobody() throws Exception {
    var ada = before();
    var full = new HashMap<>(identity(ada));
    int size = full.entrySet().stream().mapToInt(BindingTest::size).sum();
    full.put("x", AttributeValue.fromS("x".repeat(MOST - size - 1)));
    functions.put("identities", full);
    var other = before();

    var answer = pass();

    assertThat(answer.path("refused").asInt()).isEqualTo(1);
    assertThat(records.isBound(ada.address)).isFalse();
    assertThat(records.isBound(other.address)).isTrue();
    functions.remove("identities", "emailIndex", records.emailIndex(ada.address));
  }

  private static int size(Map.Entry<String, AttributeValue> column) {
    var value = column.getValue();
    int length = value.b() == null ? value.s().length() : value.b().asByteArray().length;
    return column.getKey().length() + length;
  }

  @Test
  void onceItHasEndedAKeyThatLostItsBindingOpensNothingUntilAPersonBindsAgain() throws Exception {
    var ada = before();
    end();
    records.stripIdentity(ada.address);

    var request = Requests.asked(this, ada, "access");

    assertThat(Tables.text(request.row(), "reason")).isEqualTo("forged");
    assertThat(again().path("bound").asInt()).isEqualTo(1);
    assertThat(Requests.asked(this, ada, "access").status()).isEqualTo("DONE");
    assertThat(tables.items("audit"))
        .anySatisfy(
            entry -> {
              assertThat(Tables.text(entry, "customerId")).isEqualTo("binding");
              assertThat(Tables.text(entry, "action")).isEqualTo("reopened");
            });
  }

  /** Even while the pass is open: a record that says that it was bound never opens without it. */
  @Test
  void aRecordThatWasBoundDoesNotOpenWithoutABindingHoweverOftenThePassIsOpened() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    records.stripIdentity(ada.address);

    assertThat(again().path("refused").asInt()).isEqualTo(1);

    assertThat(records.isBound(ada.address)).isFalse();
    functions.remove("identities", "emailIndex", records.emailIndex(ada.address));
  }

  @Test
  void aRunLeavesThePassToAnotherThatHasIt() throws Exception {
    var ada = before();
    lease(clock.instant().plusSeconds(60));

    assertThat(pass().path("state").asText()).isEqualTo("busy");
    assertThat(records.isBound(ada.address)).isFalse();
    clock.advance(Duration.ofMinutes(2));
    assertThat(pass().path("bound").asInt()).isEqualTo(1);
  }

  /** Whoever may write {@code system-keys} can put any value there. */
  @ParameterizedTest
  @ValueSource(strings = {"9999-12-31T00:00:00.000Z", "9"})
  void aLeaseThatNoRunCanHaveKeepsNobodyOut(String until) throws Exception {
    var ada = before();
    lease(AttributeValue.fromS(until));
    assertThat(pass().path("bound").asInt()).isEqualTo(1);

    records.unbind(ada.address);
    lease(AttributeValue.fromN("9"));
    assertThat(pass().path("bound").asInt()).isEqualTo(1);
  }

  @Test
  void aPersonsOrderEndsTheLeaseOfARunThatDied() throws Exception {
    var ada = before();
    lease(clock.instant().plusSeconds(600));

    assertThat(again().path("bound").asInt()).isEqualTo(1);
    assertThat(records.isBound(ada.address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"bind\":\"all\"}", "{\"again\":\"bind\"}", "{\"bind\":\"again\",\"x\":\"\"}"})
  void aMistypedOrderIsRefused(String order) throws Exception {
    var event = Json.MAPPER.readTree(order);

    var outcome = host.functions().invoke("BindingFunction", event, "test").outcome();

    assertThat(outcome.toString()).contains("neither {} nor");
  }

  private Person before() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of());
    records.unbind(person.address);
    return person;
  }

  private JsonNode pass() {
    return functions.returns("BindingFunction", Map.of());
  }

  private JsonNode again() {
    return functions.returns("BindingFunction", Map.of("bind", "again"));
  }

  private void end() {
    pass();
    clock.advance(Duration.ofHours(2));
    assertThat(pass().path("state").asText()).isEqualTo("ended");
  }

  private void lease(Instant until) {
    lease(AttributeValue.fromS(Timestamp.of(until)));
  }

  private void lease(AttributeValue until) {
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("system-keys")
                    .key(Map.of("name", AttributeValue.fromS("binding")))
                    .updateExpression("SET leaseUntil = :until")
                    .expressionAttributeValues(Map.of(":until", until)));
  }

  private Map<String, AttributeValue> identity(Person person) {
    var number = AttributeValue.fromS(records.customerId(person.address));
    return tables.items("identities").stream()
        .filter(item -> number.equals(item.get("customerId")))
        .findFirst()
        .orElseThrow();
  }

  private void tie(Person victim, Person insider) {
    var forged = new HashMap<>(identity(victim));
    forged.put("emailIndex", AttributeValue.fromS(records.emailIndex(insider.address)));
    try (var restore = as("RestoreFunction")) {
      restore.putItem(put -> put.tableName("identities").item(forged));
    }
  }
}
