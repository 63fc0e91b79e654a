package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.chaos.DeathAt.Moment;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Tables;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A withdrawal that takes what hung on the consent from two entries dies just before and just after
 * every write, and meets whoever changes the same entries.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillWithdrawalTest extends Journey {

  private static final Map<String, String> AGREES = Map.of("consent.newsletter", "v1");
  private static final Set<String> WRITES = Set.of("UpdateItem", "TransactWriteItems", "Sign");
  private static final Duration CACHES_ARE_OLD = Duration.ofMinutes(6);

  private static final int SOME = 4;

  private final CallRecorder recorder = new CallRecorder();

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20", "MailsPerFormAndHour", "100000");
  }

  @BeforeAll
  void recordTheCalls() throws Exception {
    withdraws(customer(), Disturbance.NONE); // What a first run alone does, it does now.
    clock.advance(CACHES_ARE_OLD);
    withdraws(customer(), recorder);
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  private List<DeathAt> ofAllWrites() {
    return recorder.deaths().stream()
        .filter(death -> death.call().function().equals("DeletionFunction"))
        .filter(death -> WRITES.contains(death.call().operation()))
        .toList();
  }

  List<DeathAt> deaths() {
    return Deaths.ofThisRun(ofAllWrites(), SOME);
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whoeverDiesItIsGoneFromEverywhereAndWithdrawnOnce(DeathAt death) throws Exception {
    var ada = customer();
    clock.advance(CACHES_ARE_OLD);
    var reaper = new Reaper(death, () -> {});

    var request = withdraws(ada, reaper);

    assertThat(reaper.killed()).isPresent();
    assertThat(tables.status(request)).isEqualTo("DONE");
    assertThat(new Records(host).of(ada.address).withdrawals()).hasSize(1);
    isGone(ada, 2);
  }

  @Test
  void eachEntryIsWrittenOnce() {
    var writes =
        ofAllWrites().stream()
            .filter(death -> death.moment() == Moment.BEFORE)
            .map(it -> it.call().operation())
            .toList();

    assertThat(writes.subList(0, 2)).as("two entries").containsOnly("TransactWriteItems");
    assertThat(writes).filteredOn("TransactWriteItems"::equals).as("and the commit").hasSize(3);
  }

  /** An entry that retention has just deleted must not come back as a ciphertext alone. */
  @Test
  void anEntryThatIsDeletedMeanwhileStaysDeleted() throws Exception {
    var ada = customer();
    var key = entries(ada).getFirst();

    var request =
        withdraws(
            ada,
            new At(
                "DeletionFunction TransactWriteItems",
                () ->
                    host.operator()
                        .dynamoDb()
                        .deleteItem(
                            delete ->
                                delete
                                    .tableName("entries")
                                    .key(
                                        Map.of(
                                            "customerId", text(key, "customerId"),
                                            "entryId", text(key, "entryId"))))));

    assertThat(tables.status(request)).isEqualTo("DONE");
    isGone(ada, 1);
  }

  /** It was handed in before the withdrawal is, so it loses the value with the others. */
  @Test
  void whatIsStoredMeanwhileLosesItToo() throws Exception {
    var ada = customer();
    var link = link(ada, "the third");

    var request =
        withdraws(ada, new At("DeletionFunction TransactWriteItems", () -> stores(ada, link)));

    assertThat(tables.status(request)).isEqualTo("DONE");
    isGone(ada, 3);
  }

  private void isGone(Person person, int entries) throws Exception {
    assertThat(new Records(host).values(person.address)).containsOnlyKeys("email", "name");
    assertThat(new Records(host).entries(person.address))
        .hasSize(entries)
        .allSatisfy(entry -> assertThat(entry.fields().has("diet")).isFalse());
  }

  private List<Map<String, AttributeValue>> entries(Person person) {
    var number = new Records(host).customerId(person.address);
    return tables.items("entries").stream()
        .filter(item -> Tables.text(item, "customerId").equals(number))
        .toList();
  }

  private static AttributeValue text(Map<String, AttributeValue> item, String name) {
    return AttributeValue.fromS(Tables.text(item, name));
  }

  /** Withdraws, and returns the request's id. */
  private String withdraws(Person person, Disturbance disturbance) throws Exception {
    var request = person.asks("withdraw");
    var link = person.link(request);
    CallInterceptor.disturb(disturbance);
    person.presses(link);
    host.drain(LIMIT);
    CallInterceptor.calm();
    return request;
  }

  /** Somebody who told twice what hangs on a consent, and agreed each time. */
  private Person customer() throws Exception {
    var person = somebody();
    for (var diet : List.of("nuts", "nuts, eggs")) {
      person.presses(link(person, diet), AGREES);
      host.drain(LIMIT);
    }
    assertThat(new Records(host).values(person.address)).containsEntry("diet", "nuts, eggs");
    return person;
  }

  private URI link(Person person, String diet) throws Exception {
    var body = Json.MAPPER.createObjectNode().put("email", person.address).put("name", "Ada");
    body.put("diet", diet);
    AGREES.forEach(body::put);
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(host.uri().resolve("/forms/supper"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body.toString()))
                  .build(),
              BodyHandlers.ofString());
      return person.link(Json.MAPPER.readTree(answer.body()).path("id").asText());
    }
  }

  private void stores(Person person, URI link) {
    try {
      int before = entries(person).size();
      person.presses(link, AGREES);
      Patience.until(() -> entries(person).size() > before);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
