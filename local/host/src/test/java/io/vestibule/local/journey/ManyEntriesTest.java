package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Destination;
import io.vestibule.core.EntryId;
import io.vestibule.core.Json;
import io.vestibule.core.LookupCard;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import io.vestibule.core.Timestamp;
import io.vestibule.keys.LookupKey;
import io.vestibule.local.gateway.CallLog;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Lookups.CardRow;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** However many entries there are, a page of a list, a filter and a search make the same calls. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyEntriesTest extends Journey {

  private static final int ENTRIES = Integer.getInteger("vestibule.entries", 1_000);

  /** The hundredth page of a hundred thousand. */
  private static final int FAR = ENTRIES / 20;

  private static final int BATCH = 25;

  /** The session, the audit, the list, the cards. */
  private static final List<String> CALLS = List.of("BatchGetItem", "GetItem", "PutItem", "Query");

  private Staff agent;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void thereAreMany() throws Exception {
    var key =
        new LookupKey(
            new SystemKeys(host.operator().dynamoDb(), "system-keys"),
            new Records(host).keysetKey(),
            clock);
    IntStream.range(0, ENTRIES)
        .boxed()
        .flatMap(it -> rows(key, it).stream())
        .gather(Gatherers.windowFixed(BATCH))
        .forEach(this::write);
    agent = new Staff(host, "agent");
    agent.get("/staff/new"); // The keys are read once in five minutes.
  }

  @Test
  void theFirstPageAndOneFarBehindMakeTheSameFourCalls() throws Exception {
    assertThat(calls("/staff/new", "Person 0 ")).isEqualTo(CALLS);
    assertThat(calls("/staff/new?before=" + id(FAR), "Person " + (FAR + 1) + " ")).isEqualTo(CALLS);
    assertThat(calls("/staff/new?before=" + id(ENTRIES - 2), "Person " + (ENTRIES - 1) + " "))
        .isEqualTo(CALLS);
  }

  @Test
  void aFilterMakesTheSameFourCalls() throws Exception {
    assertThat(calls("/staff/new?form=feedback", "Person 0 ")).isEqualTo(CALLS);
    assertThat(calls("/staff/new?form=feedback&before=" + id(FAR), "Person ")).isEqualTo(CALLS);
    assertThat(calls("/staff/new?form=contact&month=" + month(FAR), "Person ")).isEqualTo(CALLS);
    assertThat(calls("/staff/customers", "Nothing here")).hasSize(3);
  }

  @Test
  void aSearchMakesTheSameFourCalls() throws Exception {
    var csrf = Map.of("q", "+4930" + (1_000_000 + FAR));
    try (var recording = host.calls().record()) {
      var answer = agent.posts("/staff/search", csrf);
      assertThat(answer.body()).contains("Person " + FAR + " ");
      assertThat(named(recording.of("StaffFunction"), "BatchGetItem")).isEqualTo(1);
      assertThat(named(recording.of("StaffFunction"), "PutItem")).isEqualTo(1);
    }
  }

  private List<String> calls(String path, String there) throws Exception {
    try (var recording = host.calls().record()) {
      HttpResponse<String> answer = agent.get(path);
      assertThat(answer.body()).contains(there);
      return recording.of("StaffFunction").stream().map(CallLog.Call::operation).sorted().toList();
    }
  }

  private static long named(List<CallLog.Call> calls, String operation) {
    return calls.stream().filter(it -> it.operation().equals(operation)).count();
  }

  /** The newest is the first; one every ten minutes. */
  private EntryId id(int number) {
    byte[] bytes = Arrays.copyOf(Sha256.of(new byte[] {(byte) number, (byte) (number >> 8)}), 16);
    return EntryId.of(
        clock.instant().minusSeconds(600L * number), RowId.of(Destination.STORAGE, bytes));
  }

  private String month(int number) {
    return Timestamp.of(id(number).receivedAt()).substring(0, 7);
  }

  private List<Map.Entry<String, Map<String, AttributeValue>>> rows(LookupKey key, int number) {
    var form = number % 10 == 0 ? "feedback" : "contact";
    var customer = "customer-" + number;
    var entry =
        new EntryRow(customer, id(number), form, "none", id(number).receivedAt(), new byte[300]);
    var field = form.equals("contact") ? "name" : "email";
    var word = key.word("phone", "+4930" + (1_000_000 + number));
    var fields = Json.MAPPER.createObjectNode().put(field, "Person " + number + " of a great many");
    var sealed =
        key.seal(
            new LookupCard("none", fields, List.of(word), Map.of()),
            customer,
            entry.entryId().value(),
            form,
            entry.entryId());
    var card = CardRow.ofEntry(entry, EntryState.NEW, sealed);
    var rows = new ArrayList<Map.Entry<String, Map<String, AttributeValue>>>();
    rows.add(
        Map.entry(
            "entries",
            Map.of(
                "customerId", AttributeValue.fromS(customer),
                "entryId", AttributeValue.fromS(entry.entryId().value()),
                "form", AttributeValue.fromS(form),
                "state", AttributeValue.fromS("new"),
                "ciphertext", bytes(entry.ciphertext()))));
    var plain = new HashMap<String, AttributeValue>();
    plain.put("customerId", AttributeValue.fromS(customer));
    plain.put("lookupId", AttributeValue.fromS(card.lookupId()));
    plain.put("at", AttributeValue.fromS(card.at().value()));
    plain.put("form", AttributeValue.fromS(form));
    plain.put("list", AttributeValue.fromS(card.list()));
    plain.put("made", bytes(card.made()));
    plain.put("card", bytes(sealed));
    rows.add(Map.entry("lookups", plain));
    rows.add(
        Map.entry(
            "lookups",
            Map.of(
                "customerId", AttributeValue.fromS(customer),
                "lookupId", AttributeValue.fromS(card.lookupId() + "#" + word),
                "word", AttributeValue.fromS(word))));
    return rows;
  }

  private static AttributeValue bytes(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  private void write(List<Map.Entry<String, Map<String, AttributeValue>>> rows) {
    var byTable = new HashMap<String, List<WriteRequest>>();
    rows.forEach(
        row ->
            byTable
                .computeIfAbsent(row.getKey(), _ -> new ArrayList<>())
                .add(
                    WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(row.getValue()).build())
                        .build()));
    host.operator().dynamoDb().batchWriteItem(write -> write.requestItems(byTable));
  }
}
