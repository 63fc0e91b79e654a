package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** "Why did somebody get no mail?", which staff are asked by telephone. */
class StaffNoMailTest extends Journey {

  private static final String PAGE = "/staff/no-mail";
  private static final String NOTHING = "Nothing that waits was entered with this address";

  private Person ada;
  private Staff agent;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeEach
  void somebodyRings() throws Exception {
    tables.clear("audit");
    ada = somebody();
    agent = new Staff(host, "agent");
  }

  @Test
  void aMailThatWentOutIsToldWithItsTimeUntilItIsStored() throws Exception {
    assertThat(asks(agent, ada)).contains(NOTHING);

    ada.submits(Map.of("name", "Canary Byron"));
    host.drain(LIMIT);

    assertThat(asks(agent, ada))
        .contains("The mail went out", "It went out on ", "Contact us")
        .doesNotContain("went out on –", "Canary", NOTHING);
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(asks(agent, ada)).contains(NOTHING).doesNotContain("The mail went out");
  }

  @Test
  void whatIsHeldIsToldWithItsReasonAndLeadsToThePageWhereItIsDecided() throws Exception {
    var spam = ada.submits(Map.of("_gotcha", "filled in"));
    for (int i = 0; i < 4; i++) {
      ada.submits(Map.of());
    }
    host.drain(LIMIT);

    assertThat(asks(agent, ada))
        .contains("Looks like spam", "A trap was filled in", "/staff/held/" + spam)
        .contains("Mailbox has had its mails", "it is mailed after midnight");
    assertThat(asks(new Staff(host, "privacy"), ada)).contains("Looks like spam");
  }

  @Test
  void aMailboxThatGetsNoMailIsToldAndWhy() throws Exception {
    for (var answer : Map.of("bounce", "came back", "complaint", "reported one").entrySet()) {
      var dead = new Person(host, answer.getKey() + "+why@simulator.amazonses.com");
      dead.submits(Map.of());
      host.drain(LIMIT);

      assertThat(asks(agent, dead)).contains("No mail goes to this mailbox", answer.getValue());
    }
    assertThat(asks(agent, ada)).doesNotContain("No mail goes to this mailbox");
  }

  @Test
  void whatPeopleAskAboutTheirOwnDataIsToldOnlyToWhoMaySeeIt() throws Exception {
    ada.becomesACustomer(Map.of());
    ada.asks("access");
    host.drain(LIMIT);

    assertThat(asks(agent, ada))
        .contains(NOTHING + ", of what your role sees")
        .doesNotContain("Your data");
    assertThat(asks(new Staff(host, "admin"), somebody())).contains(NOTHING + ".");
    assertThat(asks(new Staff(host, "privacy"), ada)).contains("Your data", "The mail went out");
  }

  @Test
  void nobodyIsOpenedAndTheAuditDoesNotSayForWhom() throws Exception {
    var id = ada.submits(Map.of());
    host.drain(LIMIT);
    try (var recording = host.calls().record()) {
      var answer = agent.posts(PAGE, Map.of("email", ada.address));

      assertThat(answer.headers().map().toString()).doesNotContain(ada.address);
      var calls = recording.of("StaffFunction").stream().map(it -> it.operation()).toList();
      assertThat(calls).as("the row first").containsSubsequence("PutItem", "Invoke");
      for (var function : List.of("StaffFunction", "DeletionFunction")) {
        assertThat(recording.of(function).stream().filter(Staff::unwrapsAPerson)).isEmpty();
      }
    }
    assertThat(tables.items("audit"))
        .filteredOn(it -> Tables.text(it, "action").equals("listed"))
        .extracting(it -> Tables.text(it, "list"))
        .containsExactly("no-mail");
    assertThat(tables.items("audit").toString()).doesNotContain(ada.address);
    assertThat(tables.items("audit"))
        .filteredOn(it -> Tables.text(it, "action").equals("found"))
        .extracting(it -> Tables.text(it, "rows"))
        .as("of what was found, the ids")
        .containsExactly(id);
    assertThat(tables.items("audit"))
        .filteredOn(it -> Tables.text(it, "customerId").equals("find"))
        .as("DeletionFunction's own")
        .hasSize(1);
    for (var function : List.of("StaffDoorFunction", "StaffFunction", "DeletionFunction")) {
      assertThat(String.valueOf(host.logs().get(function))).doesNotContain(ada.address);
    }
  }

  @Test
  void whoMayNotSearchDoesNotAskAndWhatIsNoAddressIsNotLookedFor() throws Exception {
    for (var role : List.of("viewer", "operator")) {
      var staff = new Staff(host, role);
      assertThat(staff.get(PAGE).statusCode()).isEqualTo(404);
      assertThat(staff.posts(PAGE, Map.of("email", ada.address)).statusCode()).isEqualTo(404);
    }
    assertThat(agent.posts(PAGE, Map.of("email", "<b>")).body())
        .contains("This is no e-mail address", "&lt;b")
        .doesNotContain("<b>\"");
    assertThat(agent.get(PAGE + "?email=" + ada.address).body()).doesNotContain(ada.address);
    assertThat(tables.items("audit")).noneMatch(it -> Tables.text(it, "action").equals("listed"));
  }

  @Test
  void theCommandLineIsToldTheSameWithTheKeyOfTheSuppressedMailbox() throws Exception {
    var dead = new Person(host, "bounce+line@simulator.amazonses.com");
    var id = dead.submits(Map.of());
    host.drain(LIMIT);

    var found =
        new Backups(host)
            .returns(
                "DeletionFunction", Map.of("find", Map.of("email", dead.address, "key", true)));

    assertThat(found.path("rows").toString()).isEqualTo("[\"" + id + "\"]");
    var key = found.path("suppressed").path("key").asText();
    assertThat(tables.items("mail-limits")).anyMatch(it -> Tables.text(it, "key").equals(key));
    var other =
        new Backups(host)
            .returns("DeletionFunction", Map.of("find", Map.of("email", dead.address)));
    assertThat(other.path("suppressed").has("reason")).isTrue();
    assertThat(other.path("suppressed").has("key")).as("only if it is asked for").isFalse();
    var order = Json.MAPPER.createObjectNode();
    order.putObject("find").put("email", dead.address).put("more", true);
    assertThat(host.functions().invoke("DeletionFunction", order, "test").outcome().toString())
        .doesNotContain(dead.address);
  }

  @Test
  void whoHasLookedAsOftenAsOneMayAsksByNoAddressEither() throws Exception {
    asks(agent, ada);
    tables.copy(
        "audit",
        days().getFirst(),
        "at#id",
        IntStream.range(1, 200).mapToObj("2026-01-01T00:00:00.000Z#%d"::formatted).toList());

    assertThat(agent.posts(PAGE, Map.of("email", ada.address)).statusCode()).isEqualTo(429);

    assertThat(days()).hasSize(200);
  }

  private List<Map<String, AttributeValue>> days() {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "customerId").startsWith("staff-day#"))
        .toList();
  }

  @Test
  void moreThanIsLookedAtIsTold() throws Exception {
    var id = ada.submits(Map.of("_gotcha", "filled in"));
    host.drain(LIMIT);
    assertThat(asks(agent, ada)).doesNotContain("more than was looked at");
    tables.copy(
        "submissions",
        tables.submission(id),
        "id",
        IntStream.range(0, 50).mapToObj("s%022d"::formatted).toList());

    assertThat(asks(agent, ada)).contains("more than was looked at");
  }

  @Test
  void whatIsHeldForAReasonThatNobodyHereKnowsHasNotEnded() throws Exception {
    var id = ada.submits(Map.of("_gotcha", "filled in"));
    host.drain(LIMIT);
    tables.set(id, Map.of("reason", "of-a-later-version"));

    assertThat(asks(agent, ada)).contains("It is held").doesNotContain("It has ended");
  }

  private static String asks(Staff staff, Person person) throws Exception {
    return staff.posts(PAGE, Map.of("email", " " + person.address)).body();
  }
}
