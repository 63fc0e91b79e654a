package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.core.Timestamp;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.host.StreamEvents;
import io.vestibule.store.keys.SealingKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** A bot fills a form in for thousands of strangers: the form's budget is mailed, and no more. */
class MailBudgetTest extends Journey {

  /** More than twice the budget; more are the same: {@code -Dvestibule.strangers=10000}. */
  private static final int STRANGERS = Integer.getInteger("vestibule.strangers", 200);

  private static final int BUDGET = 80;
  private static final int BATCH = 25;
  private static final int AT_A_TIME = 4;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerFormAndHour", Integer.toString(BUDGET));
  }

  @Test
  void ofManyStrangersAsManyAsTheBudgetHasAreMailedInAnHourAndTheRestIsHeld() throws Exception {
    atTheBeginningOfAnHour();
    host.stopEvents();
    var rows = rows();
    write(rows);

    deliver(rows);

    assertThat(host.inbox().mails()).hasSize(BUDGET);
    assertThat(
            tables.items("submissions").stream()
                .collect(
                    groupingBy(
                        item -> Tables.text(item, "status") + " " + Tables.text(item, "reason"),
                        counting())))
        .isEqualTo(Map.of("MAILED ", (long) BUDGET, "HELD budget", (long) STRANGERS - BUDGET));
    assertThat(host.logs().get("MailerFunction"))
        .filteredOn(line -> line.contains("\"MailOverBudget\""))
        .hasSizeGreaterThan(100);
    releasedInSpiteOfTheBudget();
  }

  private void releasedInSpiteOfTheBudget() {
    var held =
        tables.items("submissions").stream()
            .filter(item -> Tables.text(item, "status").equals("HELD"))
            .findFirst()
            .orElseThrow();
    var id = Tables.text(held, "id");
    host.functions()
        .invoke("ReconcileFunction", Json.MAPPER.createObjectNode().put("release", id), "test");
    assertThat(mail(List.of(tables.submission(id)))).isInstanceOf(Outcome.Returned.class);

    assertThat(tables.status(id)).isEqualTo("MAILED");
  }

  private void atTheBeginningOfAnHour() {
    var now = clock.instant();
    clock.advance(Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plusSeconds(3_601)));
  }

  /** As the door writes them. */
  private List<Map<String, AttributeValue>> rows() throws Exception {
    var current =
        new SealingKeys(host.operator().dynamoDb(), "sealing-keys").current().orElseThrow();
    var key = SealingKey.parse(current.id(), current.keyset());
    var random = new SecureRandom();
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int i = 0; i < STRANGERS; i++) {
      var id = RowId.random(Destination.STORAGE, random);
      var sealed = key.seal(id, "contact", content("stranger@home-%d.example.net".formatted(i)));
      var now = clock.instant();
      rows.add(
          Map.of(
              "id", AttributeValue.fromS(id.value()),
              "form", AttributeValue.fromS("contact"),
              "status", AttributeValue.fromS("PENDING"),
              "open", AttributeValue.fromS("PENDING#0"),
              "sealed", AttributeValue.fromB(SdkBytes.fromByteArray(sealed.ciphertext())),
              "sealingKey", AttributeValue.fromS(sealed.sealingKey()),
              "linkNo", AttributeValue.fromN("1"),
              "createdAt", AttributeValue.fromS(Timestamp.of(now)),
              "expiresAt", AttributeValue.fromN(now.getEpochSecond() + 100_000 + "")));
    }
    return rows;
  }

  private byte[] content(String address) {
    var fields = Json.MAPPER.createObjectNode().put("email", address);
    fields.put("name", "Stranger").put("message", "Buy this");
    return new Submission(fields, Map.of(), "en", "", clock.instant()).toJson();
  }

  private void write(List<Map<String, AttributeValue>> rows) {
    for (int from = 0; from < rows.size(); from += 25) {
      var puts =
          rows.subList(from, from + 25).stream()
              .map(row -> PutRequest.builder().item(row).build())
              .map(put -> WriteRequest.builder().putRequest(put).build())
              .toList();
      host.operator()
          .dynamoDb()
          .batchWriteItem(write -> write.requestItems(Map.of("submissions", puts)));
    }
  }

  private void deliver(List<Map<String, AttributeValue>> rows) throws Exception {
    try (var mailers = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += BATCH) {
        var batch = rows.subList(from, from + BATCH);
        outcomes.add(mailers.submit(() -> mail(batch)));
      }
      for (var outcome : outcomes) {
        assertThat(outcome.get())
            .isInstanceOfSatisfying(
                Outcome.Returned.class,
                returned -> assertThat(returned.value().path("batchItemFailures")).isEmpty());
      }
    }
  }

  private Outcome mail(List<Map<String, AttributeValue>> rows) {
    var event = StreamEvents.event(rows.stream().map(MailBudgetTest::record).toList());
    return host.functions().invoke("MailerFunction", event, "test").outcome();
  }

  private static ObjectNode record(Map<String, AttributeValue> row) {
    var record = Json.MAPPER.createObjectNode().put("eventName", "INSERT");
    record.put("eventSourceARN", "arn:aws:dynamodb:us-east-1:1:table/submissions/stream/now");
    var change = record.putObject("dynamodb").put("SequenceNumber", "1");
    var image = change.putObject("NewImage");
    row.forEach((name, value) -> image.set(name, json(value)));
    return record;
  }

  private static JsonNode json(AttributeValue value) {
    var json = Json.MAPPER.createObjectNode();
    return switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      default -> json.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
    };
  }
}
