package io.vestibule.local.journey;

import static io.vestibule.local.journey.Staff.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who of the staff sees to which message, and what they mark it with. */
class StaffTakenTest extends Journey {

  private static final String MINE = "/staff/new?state=taken&by=me";
  private static final String MY_ROLES = "/staff/new?state=taken&by=role";

  private Person ada;
  private SavedTables written;
  private Staff agent;
  private Staff admin;
  private List<String> entries;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc", "MailsPerMailboxAndDay", "20");
  }

  @BeforeAll
  void twoPeopleWrite() throws Exception {
    ada = somebody();
    ada.becomesACustomer(Map.of("name", "Ada Byron"));
    somebody().becomesACustomer(Map.of("name", "Grace Hopper"));
    written = SavedTables.of(tables);
  }

  @BeforeEach
  void asTheyHaveWritten() throws Exception {
    written.setBack();
    agent = new Staff(host, "agent");
    admin = new Staff(host, "admin");
    entries = ids(agent.get("/staff/new").body());
  }

  @Test
  void whatSomebodyHasTakenIsTheirsUntilAColleagueTakesItOver() throws Exception {
    agent.posts("/staff/new", Map.of("from", "new", "to", "taken"), "entry", entries);
    assertThat(ids(agent.get(MINE).body())).isEqualTo(entries);
    assertThat(ids(admin.get(MINE).body())).isEmpty();
    assertThat(admin.get(page(0)).body()).contains("Taken by somebody else", "Take over");
    assertThat(today(agent, "Taken by me")).isEqualTo("2");

    assertThat(moves(admin, 0, "taken-other", "taken")).isEqualTo(303);

    assertThat(ids(agent.get(MINE).body())).containsExactly(entries.get(1));
    assertThat(ids(admin.get(MINE).body())).containsExactly(entries.get(0));
    assertThat(today(agent, "Taken by me")).isEqualTo("1");
    assertThat(moves(agent, 0, "taken-me", "done")).as("it is theirs no more").isEqualTo(409);
    assertThat(moves(admin, 0, "taken-me", "taken")).as("pressed twice").isEqualTo(409);
    moves(admin, 0, "taken-me", "done");
    assertThat(ids(admin.get(MINE).body())).isEmpty();
    assertThat(row(0).containsKey("takenBy")).as("nobody is named who has put it down").isFalse();
  }

  @Test
  void whatIsPassedOnToARoleIsTakenByOneOfIt() throws Exception {
    moves(agent, 0, "new", "taken");

    assertThat(moves(agent, 0, "taken-me", "role-admin")).isEqualTo(303);

    assertThat(ids(agent.get(MINE).body())).isEmpty();
    assertThat(ids(admin.get(MY_ROLES).body())).containsExactly(entries.get(0));
    assertThat(ids(agent.get(MY_ROLES).body())).isEmpty();
    assertThat(today(admin, "Passed on to my role")).isEqualTo("1");
    assertThat(agent.get(page(0)).body()).contains("Passed on to admin");
    assertThat(moves(admin, 0, "taken-role", "taken")).isEqualTo(303);
    assertThat(moves(agent, 0, "taken-role", "taken")).as("somebody was faster").isEqualTo(409);
    assertThat(ids(admin.get(MINE).body())).containsExactly(entries.get(0));
    assertThat(ids(admin.get(MY_ROLES).body())).isEmpty();
    assertThat(audited("moved")).containsExactly("taken", "role-admin", "taken");
  }

  @Test
  void severalArePassedOnAtOnceAndToNobodyWhoCouldNotTakeThem() throws Exception {
    for (var role : List.of("role-viewer", "role-gone", "role-")) {
      var form = Map.of("from", "new", "to", "role", "role", role);
      assertThat(agent.posts("/staff/new", form, "entry", entries).statusCode()).isEqualTo(409);
    }
    assertThat(ids(agent.get("/staff/new").body())).hasSize(2);
    assertThat(audited("moved")).isEmpty();

    var form = Map.of("from", "new", "to", "role", "role", "role-admin");
    assertThat(agent.posts("/staff/new", form, "entry", entries).statusCode()).isEqualTo(303);
    assertThat(ids(admin.get(MY_ROLES).body())).isEqualTo(entries);
  }

  @Test
  void aRowThatSaysThatSomebodyTookItIsNotBelieved() throws Exception {
    moves(agent, 0, "new", "taken");
    var me = Tables.text(row(0), "takenBy");
    var forged =
        Map.of(
            "customerId", row(1).get("customerId"),
            "lookupId", AttributeValue.fromS(entries.get(1) + "#taken"),
            "at", AttributeValue.fromS(entries.get(1)),
            "list", AttributeValue.fromS("taken#" + me));
    host.operator().dynamoDb().putItem(put -> put.tableName("lookups").item(forged));

    assertThat(ids(agent.get(MINE).body())).containsExactly(entries.get(0));
  }

  @Test
  void whatIsMarkedIsFoundByItsTagInWhicheverStateItIs() throws Exception {
    assertThat(tags(agent, 0, "", "urgent")).isEqualTo(303);
    assertThat(tags(agent, 1, "", "offer")).isEqualTo(303);
    assertThat(new Staff(host, "viewer").get(page(0)).body()).contains("Urgent");
    assertThat(ids(agent.get("/staff/new?tag=urgent").body())).containsExactly(entries.get(0));
    assertThat(ids(agent.get("/staff/new?tag=urgent&form=feedback").body())).isEmpty();
    assertThat(ids(agent.get("/staff/new?tag=complaint").body())).isEmpty();

    moves(agent, 0, "new", "taken");

    assertThat(ids(agent.get("/staff/new?tag=urgent").body())).isEmpty();
    assertThat(ids(agent.get("/staff/new?tag=urgent&state=taken").body()))
        .containsExactly(entries.get(0));
    assertThat(ids(agent.get(MINE + "&tag=offer").body())).isEmpty();
    assertThat(ids(agent.get(MINE + "&tag=urgent").body())).containsExactly(entries.get(0));
    var customers = agent.get("/staff/customers?tag=urgent").body();
    assertThat(ids(customers)).containsExactly(entries.get(0));
    assertThat(ids(agent.get("/staff/customers?tag=none").body())).hasSize(2);
    assertThat(audited("tagged")).containsExactlyInAnyOrder("urgent", "offer");
    try (var recording = host.calls().record()) {
      agent.get("/staff/new?tag=offer");
      agent.get("/staff/customers?tag=offer");
      assertThat(recording.of("StaffFunction").stream().filter(Staff::unwrapsAPerson)).isEmpty();
    }
  }

  @Test
  void onlyTagsOfTheBusinessAreKeptAndNobodyTakesAwayWhatOthersMarked() throws Exception {
    tags(agent, 0, "", "urgent");
    // The page was open before the other's press, so it knows of no tag.
    tags(admin, 0, "", "complaint");
    assertThat(tagsOf(0)).containsExactlyInAnyOrder("urgent", "complaint");

    tags(admin, 0, "urgent", "My own word");

    assertThat(tagsOf(0)).containsExactly("complaint");
    tags(admin, 0, "complaint", "");
    assertThat(row(0)).doesNotContainKey("tags");
    assertThat(ids(agent.get("/staff/new?tag=complaint").body())).isEmpty();
    for (var role : List.of("viewer", "privacy", "operator")) {
      assertThat(tags(new Staff(host, role), 0, "", "urgent")).isEqualTo(404);
    }
    assertThat(row(0)).doesNotContainKey("tags");
  }

  @Test
  void thePersonSeesInTheirCopyWhatTheirMessageWasMarkedWithAndNotWhoSeesToIt() throws Exception {
    int hers = entries.indexOf(entryOf(ada));
    tags(agent, hers, "", "complaint");
    moves(agent, hers, "new", "taken");
    var forged = new HashMap<>(row(hers));
    forged.put("tags", AttributeValue.fromSs(List.of("complaint", "Call 0900 1234")));
    host.operator().dynamoDb().putItem(put -> put.tableName("entries").item(forged));

    var access = Requests.asked(this, ada, "access");

    var told = Json.MAPPER.readTree(access.file("copy.json").body()).path("entries");
    assertThat(told.at("/0/tags/0").asText()).isEqualTo("complaint");
    assertThat(told.toString())
        .as("nobody's own words")
        .doesNotContain("0900 1234")
        .doesNotContain(Tables.text(row(hers), "takenBy"));
    assertThat(access.page().body()).contains("What we marked it as", "Complaint");
    Requests.asked(this, ada, "erase").woken();
    assertThat(tables.items("lookups").toString()).doesNotContain("complaint");
  }

  @Test
  void aTagThatIsInTheFileNoMoreStaysWhenAnotherIsSaved() throws Exception {
    mark(0, AttributeValue.fromSs(List.of("former")));

    var form = Map.of("from", "new", "tagged", "yes", "had", "former");
    agent.posts(page(0), form, "tag", List.of("former", "urgent"));

    assertThat(tagsOf(0)).containsExactlyInAnyOrder("former", "urgent");
    tags(agent, 0, "former", "urgent");
    assertThat(tagsOf(0)).as("until somebody takes it away").containsExactly("urgent");
  }

  @Test
  void wordsInThePlaceOfTagsReachNeitherACopyNorKeepAMessageFromBeingMoved() throws Exception {
    int hers = entries.indexOf(entryOf(ada));
    var many =
        IntStream.range(0, 120).mapToObj("call-0900-%03d"::formatted).collect(Collectors.toList());
    many.add("complaint");
    many.add("x".repeat(2_000));
    mark(hers, AttributeValue.fromSs(many));

    assertThat(moves(agent, hers, "new", "taken")).isEqualTo(303);

    var access = Requests.asked(this, ada, "access");
    assertThat(new String(access.file("copy.json").body(), StandardCharsets.UTF_8))
        .doesNotContain("call-0900");
    assertThat(access.page().body()).doesNotContain("call-0900");
    mark(hers, AttributeValue.fromL(List.of(AttributeValue.fromS("urgent"))));
    assertThat(moves(agent, hers, "taken-me", "done")).as("no set").isEqualTo(303);
    assertThat(row(hers)).doesNotContainKey("tags");
  }

  @Test
  void nobodyTakesOverFromAListThatDoesNotSayWhoseEachIs() throws Exception {
    moves(agent, 0, "new", "taken");

    assertThat(admin.get("/staff/new?state=taken").body())
        .contains(entries.get(0), "Done")
        .doesNotContain("Take over");
    assertThat(admin.get(page(0)).body()).contains("Take over");
    moves(agent, 0, "taken-me", "role-admin");
    assertThat(admin.get(MY_ROLES).body()).contains("value=\"taken\">Take<");
  }

  @Test
  void whoSavesTagsThatAreSavedWritesNothing() throws Exception {
    tags(agent, 0, "", "urgent");

    assertThat(tags(agent, 0, "", "urgent")).isEqualTo(303);

    assertThat(audited("tagged")).containsExactly("urgent");
  }

  private void mark(int place, AttributeValue tags) {
    var forged = new HashMap<>(row(place));
    forged.put("tags", tags);
    host.operator().dynamoDb().putItem(put -> put.tableName("entries").item(forged));
  }

  private String entryOf(Person person) {
    var number = new Records(host).customerId(person.address);
    return tables.items("entries").stream()
        .filter(it -> Tables.text(it, "customerId").equals(number))
        .map(it -> Tables.text(it, "entryId"))
        .findFirst()
        .orElseThrow();
  }

  private String page(int place) {
    return "/staff/entries/" + entries.get(place);
  }

  private int moves(Staff staff, int place, String from, String to) throws Exception {
    return staff.posts(page(place), Map.of("from", from, "to", to)).statusCode();
  }

  private int tags(Staff staff, int place, String had, String has) throws Exception {
    var form = Map.of("from", "new", "tagged", "yes", "had", had, "tag", has);
    return staff.posts(page(place), form).statusCode();
  }

  private Map<String, AttributeValue> row(int place) {
    return tables.items("entries").stream()
        .filter(it -> Tables.text(it, "entryId").equals(entries.get(place)))
        .findFirst()
        .orElseThrow();
  }

  private List<String> tagsOf(int place) {
    return Optional.ofNullable(row(place).get("tags")).map(AttributeValue::ss).orElse(List.of());
  }

  private static String today(Staff staff, String line) throws Exception {
    var page = staff.get("/staff/").body().replaceAll("\\s+", " ");
    return Optional.of(page)
        .map(it -> it.replaceFirst(".*<b>(\\d+)</b> <a href=[^>]*>" + line + "</a>.*", "$1"))
        .orElseThrow();
  }

  private List<String> audited(String action) {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "action").equals(action))
        .sorted((one, other) -> Tables.text(one, "at#id").compareTo(Tables.text(other, "at#id")))
        .map(it -> Tables.text(it, "to"))
        .toList();
  }
}
