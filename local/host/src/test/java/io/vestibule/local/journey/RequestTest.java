package io.vestibule.local.journey;

import static io.vestibule.local.journey.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.local.gateway.CallLog.Call;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** People ask about their own data, and confirm it: the way of a submission, in other words. */
class RequestTest extends Journey {

  @ParameterizedTest
  @CsvSource({
    "erase, Erase everything about me, is erasing what it holds",
    "access, Make a copy for me, is putting together what it holds",
    "withdraw, Withdraw my consent, is taking note that you no longer agree",
  })
  void whatIsAskedForIsConfirmedOnAPageThatNamesIt(String kind, String button, String progress)
      throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = ada.asks(kind);
    var link = ada.link();

    assertThat(id).startsWith("r");
    assertThat(link.getPath()).isEqualTo("/requests/" + id);
    assertThat(ada.get(link).body()).contains(button, "Nothing has been done yet");
    assertThat(tables.status(id)).isEqualTo("MAILED");
    var pressed = ada.presses(link);
    assertThat(pressed.statusCode()).isEqualTo(303);
    var page = ada.get(link.resolve(pressed.headers().firstValue("location").orElseThrow()));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(progress, "Keep the link to this page");
    assertThat(ada.presses(link).body()).as("twice is no fault").contains(progress);
    assertThat(tables.submission(id)).containsKey("verifiedAt");
    assertThat(text(tables.submission(id), "kind")).isEqualTo(kind);
  }

  @Test
  void itIsDueAMonthAfterItCameInAsTheBusinessCountsDays() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = ada.asks("access");
    host.drain(LIMIT);
    var row = tables.submission(id);

    assertThat(Timestamp.parse(text(row, "dueAt")))
        .isEqualTo(monthAfter(Timestamp.parse(text(row, "createdAt"))));
  }

  private static Instant monthAfter(Instant time) {
    return time.atZone(ZoneId.of("Europe/Berlin")).plusMonths(1).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    "erase, asked Linden Street Studio to erase the data held under this address. We hold none.",
    "access, for a copy of the data held under this address. We hold none.",
    "withdraw, to withdraw the consent given under this address. We hold none",
  })
  void anAddressThatNothingIsHeldUnderGetsAMailThatSaysSo(String kind, String words)
      throws Exception {
    var stranger = somebody();
    var id = stranger.asks(kind);
    host.drain(LIMIT);

    assertThat(stranger.newestMail().text()).contains(words).contains("You need do nothing");
    assertThat(stranger.newestMail().html()).contains(words).doesNotContain("/requests/");
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(tables.submission(id))
        .doesNotContainKeys("sealed", "emailIndex", "open", "tokenHash", "leaseUntil");
  }

  @Test
  void whatHasNotBeenConfirmedYetIsHeldToo() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    host.drain(LIMIT);
    var id = ada.asks("erase");
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("MAILED");
  }

  @Test
  void aNewLinkEndsNoneBeforeAndTheReceiptOpensByTheOneThatWasPressed() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = ada.asks("erase");
    var first = ada.link();
    ada.asksForANewLink(id);
    var second = ada.link();

    assertThat(second).isNotEqualTo(first);
    assertThat(ada.get(second).statusCode()).isEqualTo(200);
    ada.presses(first);
    host.drain(LIMIT);
    new Requests(this, ada, id, first).settled();
    assertThat(ada.get(first).body()).contains("Your data has been erased");
    assertThat(ada.get(second).statusCode()).as("one link, one press").isEqualTo(410);
  }

  /** Nobody's token, and as long as one. */
  private static final String NONE = "A".repeat(43);

  @Test
  void noTokenOpensWhatItWasNotMadeFor() throws Exception {
    var ada = somebody();
    var submission = ada.submits(Map.of());
    var token = Person.token(ada.link());
    var one = ada.asks("access");
    var other = ada.asks("erase");
    var ofOther = Person.token(ada.link());

    for (String wrong :
        List.of(
            "/requests/%s?token=%s".formatted(one, token),
            "/requests/%s?token=%s".formatted(one, ofOther),
            "/requests/%s?token=%s".formatted(submission, token),
            "/verify/%s?token=%s".formatted(other, ofOther))) {
      URI link = host.uri().resolve(wrong);
      assertThat(ada.get(link).statusCode()).as(wrong).isEqualTo(410);
      assertThat(ada.get(link).body())
          .isEqualTo(
              ada.get(URI.create(link.toString().replaceFirst("token=.*", "token=" + NONE)))
                  .body());
      assertThat(ada.presses(link).statusCode()).isEqualTo(410);
    }
    host.drain(LIMIT);
    assertThat(tables.status(submission)).isEqualTo("MAILED");
    assertThat(tables.status(one)).isEqualTo("MAILED");
    assertThat(tables.status(other)).isEqualTo("MAILED");
  }

  @Test
  void theDoorAnswersAndDoesTheSameWhetherAnAddressIsKnownOrNot() throws Exception {
    var known = somebody();
    known.becomesACustomer(Map.of());
    known.asks("erase"); // Warm from here on.

    assertThat(fingerprint(known)).isEqualTo(fingerprint(somebody()));
  }

  private List<Object> fingerprint(Person person) throws Exception {
    try (var recording = host.calls().record()) {
      var answer = person.asks(Map.of("kind", "erase"));
      var headers = new TreeMap<>(answer.headers().map());
      headers.remove("date");
      return List.of(
          answer.statusCode(),
          answer.body().replaceAll("\"id\":\"r[^\"]{22}\"", "\"id\""),
          headers,
          recording.of("IntakeFunction").stream().map(Call::operation).toList());
    }
  }

  @Test
  void noHintOrUsedUpCapOfSubmissionsHoldsARequest() throws Exception {
    var ada = somebody();
    for (int i = 0; i < 4; i++) {
      ada.submits(Map.of());
    }
    host.drain(LIMIT);
    var id = Person.json(ada.asks(Map.of("kind", "access", "_gotcha", "x"))).path("id").asText();
    host.drain(LIMIT);

    assertThat(tables.submission(id)).containsKey("hint");
    assertThat(tables.status(id)).isEqualTo("MAILED");
  }

  @Test
  void whoComplainedMayStillAsk() throws Exception {
    var ada = new Person(host, "complaint@simulator.amazonses.com");
    ada.submits(Map.of());
    host.drain(LIMIT);
    var suppressed = ada.submits(Map.of());
    host.drain(LIMIT);
    assertThat(tables.status(suppressed)).isEqualTo("HELD suppressed");

    var id = ada.asks("erase");
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("MAILED");
  }

  @Test
  void thePagesOfARequestLeadBackToTheForm() throws Exception {
    var ada = somebody();
    var privacy = ada.get(host.uri().resolve("/privacy"));

    assertThat(privacy.statusCode()).isEqualTo(303);
    assertThat(privacy.headers().firstValue("location")).contains("/forms/privacy");
    assertThat(ada.get(host.uri().resolve("/privacy?lang=de")).headers().firstValue("location"))
        .contains("/forms/privacy?lang=de");
    assertThat(ada.get(host.uri().resolve("/requests/x?lang=de")).body())
        .contains("href=\"/forms/privacy?lang=de\"");
  }

  @Test
  void aRowInTheTableOfTheOtherKindIsHeld() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var customers = tables.items("customers");
    var mails = ada.mails().size();
    var id = ada.asks("erase");
    var link = ada.link();
    var pending = new HashMap<>(tables.submission(id));
    pending.put("status", AttributeValue.fromS("PENDING"));
    put("submissions", pending);
    assertThat(statusIn("submissions", id)).isEqualTo("HELD unreadable");

    var token = LinkToken.parse(Person.token(link)).orElseThrow();
    var confirmed = new HashMap<>(tables.submission(id));
    confirmed.put("status", AttributeValue.fromS("VERIFIED"));
    confirmed.put("choice", AttributeValue.fromS("consents="));
    confirmed.put("proof", AttributeValue.fromB(proof(token, id, Tables.text(confirmed, "asked"))));
    put("submissions", confirmed);
    assertThat(statusIn("submissions", id)).isEqualTo("HELD forged");
    assertThat(ada.mails()).hasSize(mails + 1);
    assertThat(tables.items("customers")).isEqualTo(customers);
  }

  private static SdkBytes proof(LinkToken token, String id, String asked) {
    return SdkBytes.fromByteArray(token.proof(new RowId(id), 1, asked, "consents="));
  }

  private void put(String table, Map<String, AttributeValue> item) throws Exception {
    host.operator().dynamoDb().putItem(put -> put.tableName(table).item(item));
    host.drain(LIMIT);
  }

  private String statusIn(String table, String id) {
    var item =
        tables.items(table).stream()
            .filter(row -> text(row, "id").equals(id))
            .findFirst()
            .orElseThrow();
    return text(item, "status") + " " + text(item, "reason");
  }

  @Test
  void whatIsBeingErasedIsTouchedOnceItIsAMinuteOld() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = ada.asks("erase");
    ada.presses(ada.link());
    host.drain(LIMIT);
    var before = tables.submission(id);
    assertThat(text(before, "status")).isEqualTo("ERASING");

    reconcile();
    assertThat(tables.submission(id)).isEqualTo(before);
    clock.advance(Duration.ofSeconds(61));
    reconcile();
    assertThat(tables.submission(id)).containsKeys("touchedAt", "touches");
  }

  @Test
  void noKeyIsDestroyedThatARequestStillNeeds() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = ada.asks("erase");
    host.drain(LIMIT);
    var key = "private#" + text(tables.submission(id), "sealingKey");

    for (int rotation = 0; rotation < 3; rotation++) {
      clock.advance(Duration.ofDays(2));
      host.functions().invoke("KeyRotationFunction", Json.MAPPER.createObjectNode(), "test");
    }
    assertThat(tables.items("sealing-keys")).anyMatch(item -> text(item, "name").equals(key));
  }

  @Test
  void whatIsCappedIsMailedOnAnotherDay() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var ids = List.of(ada.asks("erase"), ada.asks("erase"), ada.asks("erase"), ada.asks("erase"));
    host.drain(LIMIT);
    var last = ids.getLast();
    assertThat(tables.status(last)).isEqualTo("HELD capped");

    clock.advance(Duration.ofHours(25));
    reconcile();
    assertThat(tables.status(last)).isEqualTo("MAILED");
  }

  private void reconcile() throws Exception {
    host.functions().invoke("ReconcileFunction", Json.MAPPER.createObjectNode(), "test");
    host.drain(LIMIT);
  }
}
