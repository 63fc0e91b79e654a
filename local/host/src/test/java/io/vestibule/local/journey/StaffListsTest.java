package io.vestibule.local.journey;

import static io.vestibule.local.journey.Staff.ids;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EntryId;
import io.vestibule.local.gateway.CallLog;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists of messages and customers, what is done with several, and whom staff find. */
class StaffListsTest extends Journey {

  private Person ada;
  private SavedTables written;
  private @Nullable SavedTables crowd;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc", "MailsPerMailboxAndDay", "20");
  }

  @BeforeAll
  void twoPeopleWrite() throws Exception {
    ada = somebody();
    ada.becomesACustomer(
        Map.of(
            "name", "Ada Byrön",
            "company", "Analytical Engines Ltd",
            "phone", "030 99887766",
            "message", "My roof leaks"));
    somebody().becomesACustomer(Map.of("name", "Grace Hopper", "message", "A moth <b>"));
    written = SavedTables.of(tables);
  }

  @BeforeEach
  void asTheyHaveWritten() throws Exception {
    written.setBack();
  }

  @Test
  void theInboxHasNamesAndOpensNobody() throws Exception {
    var agent = new Staff(host, "agent");
    var before = listed();
    try (var recording = host.calls().record()) {
      var page = agent.get("/staff/new").body();

      assertThat(page)
          .contains("Ada Byrön · Analytical Engines Ltd", "My roof leaks")
          .contains("Grace Hopper", "A moth &lt;b&gt;");
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
      assertThat(recording.of("StaffFunction").stream().map(CallLog.Call::operation))
          .as("the session, the audit, the list, the cards")
          .containsOnlyOnce("Query", "BatchGetItem", "PutItem");
    }
    assertThat(listed()).isEqualTo(before + 1);
  }

  @Test
  void whatARoleMasksIsInNoByteOfAList() throws Exception {
    for (var role : List.of("viewer", "privacy")) {
      var staff = new Staff(host, role);
      for (var path : List.of("/staff/new", "/staff/new?form=contact", "/staff/customers")) {
        assertThat(staff.get(path).body())
            .contains("•••")
            .doesNotContain("Ada ", "Byrön", "Engines", "roof", "Grace", ada.address);
      }
    }
    var found = new Staff(host, "privacy").posts("/staff/search", Map.of("q", ada.address)).body();
    assertThat(ids(found)).hasSize(1);
    assertThat(found).doesNotContain("Byrön", "Engines", "roof");
    assertThat(String.valueOf(host.logs().get("StaffFunction")))
        .doesNotContain("Byr", "roof", ada.address);
  }

  @Test
  void theInboxIsFilteredByFormStateAndMonth() throws Exception {
    ada.rates(9);
    var agent = new Staff(host, "agent");
    assertThat(ids(agent.get("/staff/new").body())).hasSize(3);
    assertThat(ids(agent.get("/staff/new?form=contact").body())).hasSize(2);
    assertThat(ids(agent.get("/staff/new?form=feedback").body())).hasSize(1);
    assertThat(ids(agent.get("/staff/new?form=feedback&state=done").body())).isEmpty();
    var month = clock.instant().toString().substring(0, 7);
    assertThat(ids(agent.get("/staff/new?form=contact&month=" + month).body())).hasSize(2);
    assertThat(ids(agent.get("/staff/new?month=" + month).body())).hasSize(3);
    assertThat(ids(agent.get("/staff/new?month=2020-01").body())).isEmpty();
    assertThat(ids(agent.get("/staff/new?form=contact&month=2020-01").body())).isEmpty();
    assertThat(ids(agent.get("/staff/new?month=13").body())).as("no month").hasSize(3);
    assertThat(ids(agent.get("/staff/new?form=gone").body())).isEmpty();
  }

  @Test
  void theNextPageGoesOnWhereThisEnds() throws Exception {
    aPageAndOneMoreWrite();
    var agent = new Staff(host, "agent");
    for (var path : List.of("/staff/new", "/staff/new?form=contact", "/staff/customers")) {
      var first = agent.get(path).body();
      var older = Pattern.compile("href=\"([^\"]+before=[^\"]+)\"").matcher(first);
      assertThat(older.find()).isTrue();
      var second = agent.get(older.group(1).replace("&amp;", "&")).body();
      assertThat(ids(first)).hasSize(50).doesNotContainAnyElementsOf(ids(second));
      assertThat(ids(second)).hasSize(3);
    }
  }

  @Test
  void severalAreTakenByOnePressAndWhatSomebodyElseTookIsTold() throws Exception {
    var agent = new Staff(host, "agent");
    var ids = ids(agent.get("/staff/new").body());
    new Staff(host, "admin")
        .posts("/staff/entries/" + ids.getFirst(), Map.of("from", "new", "to", "taken"));

    var answer = agent.posts("/staff/new", moved("new", "done"), "entry", ids);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("Moved: 1. Not moved: 1");
    assertThat(ids(agent.get("/staff/new?state=done").body())).containsExactly(ids.getLast());

    agent.posts("/staff/new", moved("taken", "new"), "entry", List.of(ids.getFirst()));
    agent.posts("/staff/new", moved("done", "new"), "entry", List.of(ids.getLast()));
    var all = agent.posts("/staff/new", moved("new", "taken"), "entry", ids);
    assertThat(all.statusCode()).isEqualTo(303);
    assertThat(ids(agent.get("/staff/new?form=contact&state=taken").body()))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(
            new Staff(host, "privacy")
                .posts("/staff/new", moved("taken", "done"), "entry", ids)
                .statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+49 30 9988-7766",
        "030/99887766",
        "0049 30 99887766",
        "ada byron",
        "BYRÖN",
        "engines analytical",
        "Byron Ltd"
      })
  void somebodyIsFoundByAnySpelling(String typed) throws Exception {
    var found = new Staff(host, "agent").posts("/staff/search", Map.of("q", typed)).body();

    assertThat(ids(found)).hasSize(1);
    assertThat(found).contains("Ada Byrön").doesNotContain("Grace");
  }

  @Test
  void somebodyIsFoundByAddressAndByNumber() throws Exception {
    var agent = new Staff(host, "agent");
    var byAddress =
        agent
            .posts("/staff/search", Map.of("q", " " + ada.address.toUpperCase(Locale.ROOT)))
            .body();
    assertThat(ids(byAddress)).hasSize(1);
    var number = new EntryId(ids(byAddress).getFirst()).number().value();

    assertThat(ids(agent.get("/staff/search?q=" + number).body())).isEqualTo(ids(byAddress));
    assertThat(
            ids(agent.posts("/staff/search", Map.of("q", number.toLowerCase(Locale.ROOT))).body()))
        .isEqualTo(ids(byAddress));
    assertThat(agent.posts("/staff/search", Map.of("q", "Lovelace")).body())
        .contains("Nothing was found");
    assertThat(ids(agent.posts("/staff/search", Map.of("q", "Ada Hopper")).body())).isEmpty();
  }

  @Test
  void whatIsPersonalIsNotLookedForByTheAddressOfAPage() throws Exception {
    var agent = new Staff(host, "agent");
    var before = listed();

    var answer = agent.get("/staff/search?q=Byron");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(Staff.location(answer)).startsWith("/staff/search?lang=").doesNotContain("Byron");
    assertThat(listed()).isEqualTo(before);
    assertThat(agent.get(Staff.location(answer)).body()).contains("method=\"post\"");
    for (var role : List.of("viewer", "operator")) {
      assertThat(new Staff(host, role).posts("/staff/search", Map.of("q", "Byron")).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void aSearchOpensNobodyAndTheAuditDoesNotSayForWhom() throws Exception {
    var agent = new Staff(host, "agent");
    var before = listed();
    try (var recording = host.calls().record()) {
      agent.posts("/staff/search", Map.of("q", "Byron"));
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
    assertThat(listed()).isEqualTo(before + 1);
    assertThat(tables.items("audit").toString()).doesNotContainIgnoringCase("byron");
  }

  @Test
  void aRowThatSaysTheWordOfSomebodyElseShowsNobodyAWrongPerson() throws Exception {
    var rows = tables.items("lookups");
    var mine = new Records(host).customerId(ada.address);
    var other =
        rows.stream()
            .filter(it -> it.containsKey("card"))
            .filter(it -> !Tables.text(it, "customerId").equals(mine))
            .filter(it -> !Tables.text(it, "lookupId").equals("customer"))
            .findFirst()
            .orElseThrow();
    for (var row : rows) {
      if (row.containsKey("word") && Tables.text(row, "customerId").equals(mine)) {
        var word = Tables.text(row, "word");
        var forged =
            Map.of(
                "customerId", AttributeValue.fromS(Tables.text(other, "customerId")),
                "lookupId", AttributeValue.fromS(Tables.text(other, "lookupId") + "#" + word),
                "word", AttributeValue.fromS(word));
        host.operator().dynamoDb().putItem(put -> put.tableName("lookups").item(forged));
      }
    }

    var found = new Staff(host, "agent").posts("/staff/search", Map.of("q", ada.address)).body();
    assertThat(found).contains("Ada Byrön").doesNotContain("Grace");
    assertThat(ids(found)).hasSize(1);
  }

  @Test
  void aCardThatIsSaidToBeOfAnotherEntryShowsNobodyAsSomebodyElse() throws Exception {
    var mine = new Records(host).customerId(ada.address);
    var other =
        tables.items("lookups").stream()
            .filter(it -> it.containsKey("card"))
            .filter(it -> !Tables.text(it, "customerId").equals(mine))
            .findFirst()
            .orElseThrow();
    for (var row : tables.items("lookups")) {
      if (row.containsKey("card") && Tables.text(row, "customerId").equals(mine)) {
        var forged = new HashMap<>(row);
        forged.put("at", other.get("at"));
        put(forged);
      }
    }
    var agent = new Staff(host, "agent");

    assertThat(agent.get("/staff/customers").body()).contains("Grace").doesNotContain("Ada ");
    assertThat(ids(agent.posts("/staff/search", Map.of("q", ada.address)).body())).isEmpty();
  }

  @Test
  void aPageOnWhichNobodyIsSeenLeadsOnToOlderOnes() throws Exception {
    for (int i = 0; i < 50; i++) {
      clock.advance(Duration.ofMillis(5));
      var one = "someone-" + i;
      put(row(one, "customer", "customers", Map.of("form", text("contact"))));
    }
    var agent = new Staff(host, "agent");

    var first = agent.get("/staff/customers").body();

    assertThat(ids(first)).isEmpty();
    var older = Pattern.compile("href=\"([^\"]+before=[^\"]+)\"").matcher(first);
    assertThat(older.find()).isTrue();
    assertThat(ids(agent.get(older.group(1).replace("&amp;", "&")).body())).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#x", "20269999T999999999Z-sAAAAAAAAAAAAAAAAAAAAAA", "~", "customer2"})
  void aRowThatIsNoneOfOursTakesNoListDown(String lookupId) throws Exception {
    var number = new Records(host).customerId(ada.address);
    var word =
        tables.items("lookups").stream()
            .filter(it -> it.containsKey("word"))
            .filter(it -> Tables.text(it, "customerId").equals(number))
            .map(it -> Tables.text(it, "word"))
            .toList();
    var time = Map.of("form", text("contact"));
    put(row(number, lookupId, "customers", time));
    put(row("nobody", lookupId, "contact#new", time));
    put(row("someone", "customer", "customers", Map.of("at", text("20269999T999999999Z-sA"))));
    for (String it : word) {
      put(row(number, lookupId + "#" + it, "none", Map.of("word", text(it))));
    }
    var agent = new Staff(host, "agent");

    assertThat(ids(agent.get("/staff/customers").body())).hasSize(2);
    assertThat(ids(agent.get("/staff/new?form=contact").body())).hasSize(2);
    assertThat(ids(agent.posts("/staff/search", Map.of("q", "Byron")).body())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "month=9999-12",
        "month=%2B999999999-12",
        "month=-0001-01",
        "before=20269999T999999999Z-sAAAAAAAAAAAAAAAAAAAAAA",
        "month=2026-11&before=20200101T000000000Z-sAAAAAAAAAAAAAAAAAAAAAA"
      })
  void anOddAddressIsNoFault(String odd) throws Exception {
    var agent = new Staff(host, "agent");

    for (String path : List.of("/staff/new?", "/staff/new?form=contact&", "/staff/customers?")) {
      assertThat(agent.get(path + odd).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Vanessa", "VOLKER", "vincent", "V-Ray Studio"})
  void aNameThatBeginsLikeANumberIsFoundAndStandsInNoAddress(String typed) throws Exception {
    somebody()
        .becomesACustomer(
            Map.of("name", "Vanessa Volker Vincent", "company", "V Ray Studio", "message", "Hi"));
    var agent = new Staff(host, "agent");

    assertThat(ids(agent.posts("/staff/search", Map.of("q", typed)).body())).hasSize(1);
    var asked = URLEncoder.encode(typed, UTF_8);
    assertThat(agent.get("/staff/search?q=" + asked).statusCode()).isEqualTo(303);
  }

  @Test
  void aNumberIsFoundWithoutItsHyphenToo() throws Exception {
    var agent = new Staff(host, "agent");
    var id = ids(agent.posts("/staff/search", Map.of("q", ada.address)).body());
    var number = new EntryId(id.getFirst()).number().value().replace("-", "");

    assertThat(ids(agent.posts("/staff/search", Map.of("q", number)).body())).isEqualTo(id);
    assertThat(agent.get("/staff/search?q=" + number).statusCode())
        .as("it may be a name")
        .isEqualTo(303);
  }

  /** A row of lookups as somebody else writes it. */
  private Map<String, AttributeValue> row(
      String customerId, String lookupId, String list, Map<String, AttributeValue> others) {
    var at = EntryId.last(clock.instant()).value();
    var row =
        new HashMap<>(
            Map.of(
                "customerId", text(customerId),
                "lookupId", text(lookupId),
                "list", text(list),
                "at", text(at)));
    row.putAll(others);
    return row;
  }

  private void put(Map<String, AttributeValue> row) {
    host.operator().dynamoDb().putItem(put -> put.tableName("lookups").item(row));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  @Test
  void aCustomerWhoWroteTwiceStandsOnceInTheListOfCustomers() throws Exception {
    clock.advance(Duration.ofMinutes(1));
    ada.becomesACustomer(Map.of("name", "Ada King", "message", "Still leaks"));

    var page = new Staff(host, "agent").get("/staff/customers").body();

    assertThat(ids(page)).hasSize(2);
    assertThat(page).contains("Ada King").doesNotContain("Byrön");
    assertThat(page.indexOf("Ada King")).isLessThan(page.indexOf("Grace Hopper"));
  }

  @Test
  void eachListLeadsToWhoWroteAndNamesThemByTheirNumberOnly() throws Exception {
    var agent = new Staff(host, "agent");
    var page = "/staff/customers/" + new Records(host).customerId(ada.address);
    var lists =
        List.of(
            agent.get("/staff/customers").body(),
            agent.get("/staff/new").body(),
            agent.get("/staff/new?form=contact").body(),
            agent.posts("/staff/search", Map.of("q", "Byron")).body());

    assertThat(lists)
        .allSatisfy(it -> assertThat(it).containsOnlyOnce("<a href=\"" + page + "?lang=en\">"));
    assertThat(agent.get(page).body()).contains("Ada Byrön").doesNotContain("Grace");
  }

  @Test
  void aRowThatIsNoneOfOursOnAFullPageHidesNoOlderOnes() throws Exception {
    aPageAndOneMoreWrite();
    var foreign = Map.of("customerId", text("x"), "entryId", text("2027"), "state", text("new"));
    host.operator().dynamoDb().putItem(put -> put.tableName("entries").item(foreign));
    put(row("x", "none", "contact#new", Map.of("at", text("2027"))));

    for (var path : List.of("/staff/new", "/staff/new?form=contact")) {
      var first = new Staff(host, "agent").get(path).body();
      assertThat(ids(first)).hasSize(49);
      assertThat(first).contains("before=");
    }
  }

  /** Each somebody else and a moment later; once for all tests. */
  private void aPageAndOneMoreWrite() throws Exception {
    if (crowd != null) {
      crowd.setBack();
      return;
    }
    var handedIn = new LinkedHashMap<String, Person>();
    for (int i = 0; i < 51; i++) {
      clock.advance(Duration.ofMillis(5));
      var person = somebody();
      handedIn.put(person.submits(Map.of()), person);
    }
    for (var it : handedIn.entrySet()) {
      it.getValue().presses(it.getValue().link(it.getKey()));
    }
    crowd = SavedTables.of(tables);
  }

  private static Map<String, String> moved(String from, String to) {
    return Map.of("from", from, "to", to);
  }

  private long listed() {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "action").equals("listed"))
        .count();
  }
}
