package io.vestibule.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.partners.AnalyticsHouse;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.store.Table;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a form was confirmed is counted elsewhere, and nothing else is known there. */
class AnalyticsTest extends OfficeWithPartner {

  private static final String GA4 = "\"service\": \"ga4\", \"id\": \"G-ABC123\"";
  private static final String PLAUSIBLE = "\"service\": \"plausible\", \"id\": \"example.com\"";

  private AnalyticsHouse house;

  @BeforeEach
  void newHouse() {
    house = new AnalyticsHouse();
    server.be(house::answer);
    analytics(GA4);
  }

  private void analytics(String members) {
    office.target(
        TARGET,
        """
        {"kind": "analytics", "analytics": {%s, "here": "%s"}%s}
        """
            .formatted(members, server.url(), Office.GROUND));
    office.secret(TARGET, "{\"keys\": [\"s3cret\"]}");
  }

  @Test
  void googleIsToldWhichFormByANewStrangerEachTimeWhoRefuses() {
    told();
    told();

    assertThat(house.counted()).hasSize(2);
    var first = house.counted().getFirst();
    assertThat(first.at("/events/0/name").asText()).isEqualTo("form_verified");
    assertThat(first.at("/events/0/params/form_id").asText()).isEqualTo("contact");
    assertThat(first.path("consent").toString())
        .isEqualTo("{\"ad_user_data\":\"DENIED\",\"ad_personalization\":\"DENIED\"}");
    assertThat(first.path("client_id")).isNotEqualTo(house.counted().get(1).path("client_id"));
    assertThat(first.propertyStream().map(it -> it.getKey()))
        .containsExactlyInAnyOrder("client_id", "non_personalized_ads", "consent", "events");
  }

  @Test
  void plausibleIsToldWhichForm() {
    analytics(PLAUSIBLE);
    told();

    assertThat(house.counted())
        .singleElement()
        .hasToString(
            "{\"name\":\"form_verified\",\"domain\":\"example.com\","
                + "\"url\":\"https://example.com/forms/contact\",\"props\":{\"form\":\"contact\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {GA4, PLAUSIBLE})
  void noValueThatIsSentIsOneThatWasHandedInOrOneOfOurs(String service) {
    analytics(service);
    var ada = told();

    var known = known(ada).toArray(String[]::new);
    var sent = house.counted().stream().flatMap(AnalyticsTest::values).collect(toSet());
    assertThat(sent).isNotEmpty().doesNotContain(known);
    assertThat(server.sent())
        .hasSize(1)
        .allSatisfy(it -> assertThat(it).contains("POST /", "User-agent=[Vestibule]", "contact"))
        .allSatisfy(it -> assertThat(it).doesNotContainIgnoringCase(known))
        .allSatisfy(
            it -> assertThat(URLDecoder.decode(it, UTF_8)).doesNotContainIgnoringCase(known));
  }

  /** What was handed in, and each text of any row that is there of the person. */
  private Set<String> known(Somebody somebody) {
    var known = new HashSet<>(Set.of(somebody.email(), "Hello", somebody.number()));
    known.addAll(List.of(somebody.customerId(), somebody.entryId().value()));
    for (var table : List.of(Table.IDENTITIES, Table.CUSTOMERS, Table.ENTRIES, Table.DELIVERIES)) {
      office.all(table).stream()
          .flatMap(it -> it.entrySet().stream())
          .filter(it -> !Set.of("form", "target", "lane").contains(it.getKey()))
          .map(it -> it.getValue().s())
          .filter(it -> it != null && it.length() > 5)
          .forEach(known::add);
    }
    // A hash of the person would be the person.
    for (var name : List.of(somebody.email(), somebody.customerId(), somebody.number())) {
      for (var algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
        var hash = hash(algorithm, name);
        known.add(HexFormat.of().formatHex(hash));
        known.add(Base64.getEncoder().withoutPadding().encodeToString(hash));
        known.add(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
      }
    }
    return known;
  }

  private static byte[] hash(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has it", e);
    }
  }

  @Test
  @Tag("slow")
  void eachEventHasANumberThatNoOtherHasWhoeverHandedIn() {
    var ada = told();
    var bob = told();
    for (var again : List.of(ada, bob, ada, bob, ada)) {
      office.handsIn(again.email(), "Hello"); // The same form, and the same words.
      office.wake();
    }

    var numbers = house.counted().stream().map(it -> it.path("client_id").asText()).toList();
    assertThat(numbers).hasSize(7).doesNotHaveDuplicates();
    assertThat(numbers.stream().flatMap(it -> Stream.of(it.split("\\.", -1))))
        .allMatch(it -> it.matches("[0-9]{1,9}"))
        .doesNotHaveDuplicates();
  }

  private static Stream<String> values(JsonNode json) {
    return json.isContainerNode()
        ? json.valueStream().flatMap(AnalyticsTest::values)
        : Stream.of(json.asText());
  }

  @Test
  void nobodysKeyIsUnwrappedForItAndNobodyIsARecipient() {
    var ada = office.handsIn();
    int opened = office.all(Table.AUDIT).size();
    var calls = DyingCalls.record();
    office.wake();
    DyingCalls.calm();

    assertThat(house.counted()).hasSize(1);
    assertThat(calls).doesNotContain("Decrypt", "TransactGetItems", "TransactWriteItems");
    assertThat(office.all(Table.AUDIT)).hasSize(opened);
    assertThat(office.recipients.of(ada.customerId())).isEmpty();
  }

  @Test
  void aCountTakesThreeCallsNoneOfThemOfKms() {
    // An attempt begins, and ends; which form, the entry tells.
    assertThat(cost()).isEqualTo(Map.of("GetItem", 1L, "UpdateItem", 2L));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aLostAnswerIsNeverMadeUpForAndIsCountedHere(boolean isDeaf) {
    var ada = office.handsIn();
    server.lose(0, isDeaf);
    String printed = Office.printed(this::wakeUntilAllIsTold);

    assertThat(server.calls()).hasSize(1);
    assertThat(state(ada)).isEqualTo("dropped not-counted");
    assertThat(printed).contains("\"NotCounted\":1").doesNotContain("DeliveryFailed");
  }

  @Test
  void whateverTheStreamTheScheduleOrAPersonSaysAgainIsCountedOnceAtMost() {
    var ada = office.handsIn();
    server.lose(0, false);
    var handler = office.handler();
    Stream.generate(() -> Office.batch(TARGET, 3))
        .limit(4)
        .parallel()
        .forEach(it -> Office.call(handler, it));
    for (int i = 0; i < 3; i++) {
      office.advance(Duration.ofMinutes(31));
      office.stream(TARGET, 3);
      office.invoke("{\"replay\": \"%s\"}".formatted(TARGET));
      office.invoke("{\"resume\": \"%s\"}".formatted(TARGET));
      office.wake();
    }

    assertThat(server.sent()).hasSize(1);
    assertThat(state(ada)).isEqualTo("dropped not-counted");
  }

  @Test
  @Tag("slow")
  void whereverItDiesItIsCountedOnceAtMost() {
    for (var place : deaths(office::handsIn)) {
      newHouse();
      var ada = office.handsIn();
      server.sent().clear();
      dieAt(place);
      wakeUntilAllIsTold();

      assertThat(server.sent()).as("%s", place).hasSizeLessThanOrEqualTo(1);
      assertThat(state(ada)).isIn("told taken", "dropped not-counted");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204})
  void whatItSaysToItIsNotLookedAt(int status) {
    server.answer(Optional.of(new PartnerAnswer(status, "<html>" + "x".repeat(100_000))));
    assertThat(state(told())).isEqualTo("told taken");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 429, 500})
  void whatItRefusesIsNotTriedAgainAndStopsNothing(int status) {
    server.answer(Optional.of(new PartnerAnswer(status, "")));
    assertThat(state(told())).isEqualTo("dropped not-counted");
    assertThat(stopped()).isEmpty();
  }

  @Test
  void withoutItsSecretTheLaneStops() {
    office.secret(TARGET, "{}");
    told();
    assertThat(stopped()).contains("secret-unusable");
  }

  @Test
  void anErasureHasNothingToDoThere() {
    var ada = told();
    server.calls().clear();
    eraseAndTell(ada);
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void whatCameBeforeIsNotCountedNow() {
    var since = office.clock.instant().minus(Duration.ofDays(1));
    assertThatThrownBy(
            () ->
                office.invoke(
                    "{\"backfill\": \"%s\", \"since\": \"%s\", \"dryRun\": true}"
                        .formatted(TARGET, since)))
        .hasMessageContaining("counted when it comes, and not afterwards");
  }

  @Test
  void aCheckAsksGoogleForItsOpinionAndCountsNothing() {
    assertThat(missing()).isEmpty();
    assertThat(server.calls()).containsExactly("POST /debug/mp/collect");
    assertThat(house.counted()).isEmpty();

    office.secret(TARGET, "{}");
    assertThat(missing()).singleElement().asString().contains("lacks the API secret");
    server.answer(Optional.of(new PartnerAnswer(200, "<html>")));
    office.secret(TARGET, "{\"keys\": [\"s3cret\"]}");
    assertThat(missing()).singleElement().asString().contains("does not answer now");
  }
}
