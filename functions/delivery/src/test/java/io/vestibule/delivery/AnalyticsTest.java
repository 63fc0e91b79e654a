package io.vestibule.delivery;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.partners.AnalyticsHouse;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
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

    var sent = house.counted().stream().flatMap(AnalyticsTest::values).collect(toSet());
    assertThat(sent).isNotEmpty().doesNotContainAnyElementsOf(known(ada));
    assertThat(house.counted().toString()).doesNotContain(known(ada).toArray(String[]::new));
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
    return known;
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
  void whereverItDiesItIsCountedOnceAtMost() {
    for (int call : writes()) {
      newHouse();
      var ada = office.handsIn();
      dieAt(call);
      wakeUntilAllIsTold();

      assertThat(house.counted()).as("call %d", call).hasSizeLessThanOrEqualTo(1);
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
                office.order(
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
