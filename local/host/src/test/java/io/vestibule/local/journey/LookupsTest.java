package io.vestibule.local.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EntryId;
import io.vestibule.core.Json;
import io.vestibule.core.LookupCard;
import io.vestibule.keys.LookupKey;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.host.Outcome;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Lookups.Place;
import io.vestibule.store.people.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What staff find entries by: written with the entry, gone with it, and made anew if it is lost.
 */
class LookupsTest extends Journey {

  private static final Map<String, String> CANARY =
      Map.of(
          "name", "Canary Byron",
          "company", "Canary Engines Ltd",
          "phone", "030 99887766",
          "message", "My canary is ill today");

  private Person ada;
  private String number;
  private SavedTables written;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc", "MailsPerMailboxAndDay", "20");
  }

  @BeforeAll
  void somebodyWrites() throws Exception {
    ada = somebody();
    ada.becomesACustomer(CANARY);
    number = new Records(host).customerId(ada.address);
    written = SavedTables.of(tables);
  }

  @BeforeEach
  void asTheyHaveWritten() throws Exception {
    written.setBack();
  }

  @Test
  void anEntryIsWrittenWithACardAndWordsAndNothingOfItCanBeRead() throws Exception {
    var rows = tables.items("lookups");

    assertThat(rows.stream().filter(it -> it.containsKey("card"))).hasSize(2);
    assertThat(rows.stream().filter(it -> it.containsKey("word")))
        .as("number, address, telephone, canary, byron, engines, ltd")
        .hasSize(7);
    assertThat(rows.toString())
        .doesNotContainIgnoringCase("canary")
        .doesNotContainIgnoringCase("byron")
        .doesNotContain(ada.address, "99887766");
    assertThat(requireNonNull(opened().get(entryId())).fields().toString())
        .contains("Canary Byron", "Canary Engines Ltd", ada.address, "My canary is ill today");
    assertThat(having("phone", "+493099887766")).containsExactly(entryId());
    assertThat(having("email", ada.address)).containsExactly(entryId());
    assertThat(having("name", "byron")).containsExactly(entryId());
    assertThat(having("number", new EntryId(entryId()).number().value()))
        .containsExactly(entryId());
  }

  @Test
  void whatIsMadeAnewEqualsWhatWasWritten() throws Exception {
    ada.becomesACustomer(Map.of("message", "And again"));
    var written = plain();
    var cards = opened();
    tables.clear("lookups");

    assertThat(pass().path("made").asInt()).isEqualTo(2);

    assertThat(plain()).isEqualTo(written);
    assertThat(opened()).isEqualTo(cards);
    assertThat(pass().path("made").asInt()).as("nothing is missing any more").isZero();
    assertThat(again().path("made").asInt()).isEqualTo(2);
    assertThat(opened()).isEqualTo(cards);
  }

  @Test
  void whoIsErasedJustBeforeTheyAreMadeAnewLeavesNone() throws Exception {
    tables.clear("lookups");
    var identity =
        Map.of("emailIndex", AttributeValue.fromS(new Records(host).emailIndex(ada.address)));
    beforeTheyAreWritten(
        () ->
            host.operator()
                .dynamoDb()
                .deleteItem(delete -> delete.tableName("identities").key(identity)));

    assertThat(pass().path("refused").asInt()).isEqualTo(1);

    assertThat(tables.items("lookups")).isEmpty();
  }

  @Test
  void anEntryThatGoesJustBeforeTheyAreMadeAnewLeavesNone() throws Exception {
    var entry = entryId();
    tables.clear("lookups");
    beforeTheyAreWritten(() -> remove("entries", entry));

    pass();

    assertThat(tables.items("lookups")).isEmpty();
  }

  @Test
  void aPassThatDiesIsGoneOnWithByTheNext() throws Exception {
    ada.becomesACustomer(Map.of("message", "And again"));
    var written = plain();
    tables.clear("lookups");
    beforeTheyAreWritten(
        () -> {
          throw new IllegalStateException("it dies here");
        });
    assertThat(
            host.functions()
                .invoke("LookupsFunction", Json.MAPPER.createObjectNode(), "test")
                .outcome())
        .isInstanceOf(Outcome.Failed.class);

    pass();

    assertThat(plain()).isEqualTo(written);
  }

  /** Does something once, when LookupsFunction is about to write. */
  private static void beforeTheyAreWritten(Runnable deed) {
    var left = new AtomicBoolean(true);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("LookupsFunction")
                && call.operation().equals("TransactWriteItems")
                && left.getAndSet(false)) {
              deed.run();
            }
          }
        });
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @Test
  void whoLacksNothingIsNotOpened() throws Exception {
    try (var recording = host.calls().record()) {
      pass();
      assertThat(recording.of("LookupsFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void anErasureTakesThemAll() throws Exception {
    var left = tables.items("lookups");
    Requests.asked(this, ada, "erase").woken();
    assertThat(tables.items("lookups")).isEmpty();

    // Somebody puts them back, or an erasure died over them.
    left.forEach(
        it -> host.operator().dynamoDb().putItem(put -> put.tableName("lookups").item(it)));
    assertThat(pass().path("ended").asInt()).isEqualTo(left.size());
    assertThat(tables.items("lookups")).isEmpty();
  }

  @Test
  void theEndOfAnEntryTakesItsOwnAndTheCustomersCardIfItIsMadeOfIt() throws Exception {
    ada.becomesACustomer(Map.of("name", "Ada", "message", "The newest"));
    var newest = opened().keySet().stream().sorted().toList().get(1);
    var lookups = new Lookups(as("DeadlineFunction"), "lookups");

    lookups.endEntry(number, new EntryId(newest));

    assertThat(plain().keySet()).noneMatch(it -> it.startsWith(newest));
    assertThat(plain()).doesNotContainKey("customer").hasSize(8);
    lookups.endEntry(number, new EntryId(newest)); // Once more does nothing.
    remove("entries", newest);
    pass();
    assertThat(plain().get("customer")).as("of the entry that is left").contains(entryId());
  }

  @Test
  void whatIsLeftOfAnEntryThatIsGoneIsTakenAway() throws Exception {
    ada.becomesACustomer(Map.of("message", "And again"));
    var first = entryId();
    remove("entries", first);

    assertThat(pass().path("ended").asInt()).isEqualTo(8);
    assertThat(plain().keySet()).noneMatch(it -> it.startsWith(first));
  }

  @Test
  void whatAVersionOfBeforeWroteOrMovedIsFoundOnceThePassHasRun() throws Exception {
    var written = plain();
    var entry = entryId();
    for (String id : written.keySet()) {
      remove("lookups", id);
    }
    movedByAVersionOfBefore(entry, "taken");

    pass();

    assertThat(plain().keySet()).isEqualTo(written.keySet());
    assertThat(inList(CardRow.list("contact", EntryState.TAKEN))).hasSize(1);
  }

  @Test
  void whatStaffTookAndMarkedIsListedAnewOnceThePassHasRun() throws Exception {
    var agent = new Staff(host, "agent");
    var page = "/staff/entries/" + entryId();
    agent.posts(page, Map.of("from", "new", "to", "taken"));
    agent.posts(page, Map.of("from", "taken", "tagged", "yes", "tag", "urgent"));
    var written = plain();
    assertThat(written.keySet()).contains(entryId() + "#taken", entryId() + "#tag#urgent");
    for (var lost : List.of("#taken", "#tag#urgent")) {
      remove("lookups", entryId() + lost);
    }

    assertThat(pass().path("made").asInt()).isEqualTo(1);

    assertThat(plain()).isEqualTo(written);
    tables.clear("lookups");
    pass();
    assertThat(plain()).isEqualTo(written);
    assertThat(pass().path("made").asInt()).as("nothing is missing any more").isZero();
    agent.posts(page, Map.of("from", "taken", "tagged", "yes", "had", "urgent"));
    agent.posts(page, Map.of("from", "taken", "to", "done"));
    assertThat(pass().path("ended").asInt()).isEqualTo(2);
    assertThat(plain().keySet())
        .as("what is in no list any more goes")
        .doesNotContain(entryId() + "#taken", entryId() + "#tag#urgent");
    Requests.asked(this, ada, "erase").woken();
    assertThat(tables.items("lookups")).isEmpty();
  }

  @Test
  void whatAVersionOfBeforePutDownStandsInNoListAsTakenOnceThePassHasRun() throws Exception {
    var agent = new Staff(host, "agent");
    var page = "/staff/entries/" + entryId();
    agent.posts(page, Map.of("from", "new", "tagged", "yes", "tag", "urgent"));
    agent.posts(page, Map.of("from", "new", "to", "taken"));
    var entry = entryId();
    movedByAVersionOfBefore(entry, "done");
    assertThat(agent.get("/staff/new?state=taken&by=me").body()).doesNotContain(entry);
    assertThat(agent.get("/staff/new?state=done&tag=urgent").body()).doesNotContain(entry);

    pass();

    assertThat(plain()).doesNotContainKey(entry + "#taken");
    assertThat(agent.get("/staff/new?state=done&tag=urgent").body()).contains(entry);
    agent.posts("/staff/entries/" + entry, Map.of("from", "done", "to", "new"));
    assertThat(agent.get("/staff/new?state=new&tag=urgent").body()).contains(entry);
  }

  @Test
  void aCardMovesWithItsEntry() throws Exception {
    var entry = entryId();
    var agent = new Staff(host, "agent");
    agent.posts(agent.newest(), Map.of("from", "new", "to", "taken"));

    assertThat(inList(CardRow.list("contact", EntryState.TAKEN)))
        .containsExactly(new Place(number, entry));
    remove("lookups", entry);
    agent.posts("/staff/entries/" + entry, Map.of("from", "taken", "to", "done"));
    assertThat(agent.get("/staff/new?state=done").body()).contains(entry);
    assertThat(plain()).as("a move makes no row").doesNotContainKey(entry);
  }

  @Test
  void aCardOpensInItsOwnPlaceOnly() throws Exception {
    var grace = somebody();
    grace.becomesACustomer(Map.of("name", "Grace Hopper"));
    var other = new Records(host).customerId(grace.address);
    var mine = card(number);
    var row = new HashMap<>(card(other));
    row.put("card", mine.get("card"));
    host.operator().dynamoDb().putItem(put -> put.tableName("lookups").item(row));

    var place = new Place(Tables.text(row, "customerId"), Tables.text(row, "lookupId"));
    assertThat(key().open(requireNonNull(lookups().cards(List.of(place)).get(place)))).isEmpty();
  }

  private void movedByAVersionOfBefore(String entry, String state) {
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("entries")
                    .key(
                        Map.of(
                            "customerId", AttributeValue.fromS(number),
                            "entryId", AttributeValue.fromS(entry)))
                    .updateExpression("SET #state = :state")
                    .expressionAttributeNames(Map.of("#state", "state"))
                    .expressionAttributeValues(Map.of(":state", AttributeValue.fromS(state))));
  }

  private Map<String, AttributeValue> card(String customer) {
    return tables.items("lookups").stream()
        .filter(it -> Tables.text(it, "customerId").equals(customer))
        .filter(it -> it.containsKey("card") && !Tables.text(it, "lookupId").equals("customer"))
        .findFirst()
        .orElseThrow();
  }

  private List<String> having(String kind, String word) {
    return lookups().having(key().word(kind, word), Span.ALL, 10).stream()
        .map(Place::lookupId)
        .toList();
  }

  /** What is there of the customer, but for the cards themselves. */
  private Map<String, String> plain() {
    var plain = new TreeMap<String, String>();
    for (var item : tables.items("lookups")) {
      if (Tables.text(item, "customerId").equals(number)) {
        var others = new TreeMap<>(item);
        others.remove("card");
        plain.put(Tables.text(item, "lookupId"), others.toString());
      }
    }
    return plain;
  }

  /** The cards of the customer's entries. */
  private Map<String, LookupCard> opened() {
    var places =
        plain().keySet().stream()
            .filter(it -> !it.contains("#"))
            .map(it -> new Place(number, it))
            .toList();
    var opened = new TreeMap<String, LookupCard>();
    lookups()
        .cards(places)
        .forEach((place, row) -> opened.put(place.lookupId(), key().open(row).orElseThrow()));
    opened.remove("customer");
    return opened;
  }

  private String entryId() {
    return opened().keySet().iterator().next();
  }

  private List<Place> inList(String list) {
    return lookups().inLists(List.of(list), Span.ALL, 10).found();
  }

  private LookupKey key() {
    return new LookupKey(
        new SystemKeys(host.operator().dynamoDb(), "system-keys"),
        new Records(host).keysetKey(),
        clock);
  }

  private Lookups lookups() {
    return new Lookups(host.operator().dynamoDb(), "lookups");
  }

  private JsonNode pass() {
    return new Backups(host).returns("LookupsFunction", Map.of());
  }

  private JsonNode again() {
    return new Backups(host).returns("LookupsFunction", Map.of("make", "again"));
  }

  private void remove(String table, String id) {
    var range = table.equals("entries") ? "entryId" : "lookupId";
    host.operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName(table)
                    .key(
                        Map.of(
                            "customerId",
                            AttributeValue.fromS(number),
                            range,
                            AttributeValue.fromS(id))));
  }
}
