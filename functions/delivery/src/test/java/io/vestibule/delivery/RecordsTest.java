package io.vestibule.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.delivery.House.Name;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.partners.PartnerCall;
import io.vestibule.store.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What is promised of each partner with whom people have records, whatever gets lost, wherever we
 * die, and whoever was there first.
 *
 * <p>{@link Cases} says which of the calls a build loses.
 */
@Tag("slow")
class RecordsTest extends OfficeWithPartner {

  /** So many of the calls that may get lost do so in a build. */
  private static final int SOME = 2;

  private final Map<Case, Undisturbed> undisturbed = new HashMap<>();
  private House house;

  /** Until a test says which. */
  @BeforeEach
  void anyHouse() {
    house = Name.LISTMONK.open(server.url(), office.clock);
  }

  /** One that knows nobody. No token of before lives, and the partner's day is over. */
  private void open(Name name) {
    office.advance(Duration.ofHours(25));
    house = name.open(server.url(), office.clock);
    server.be(house::answer);
    server.calls().clear();
    mapped(first());
  }

  private void mapped(String text) {
    office.target(TARGET, house.file("\"message\": \"%s\"".formatted(text), ""));
    office.secret(TARGET, house.secret());
  }

  private String first() {
    return house.texts().getFirst();
  }

  private String second() {
    return house.texts().getLast();
  }

  /** Somebody of whom the partner had a record before hands in. */
  private Somebody theirs() {
    var somebody = office.handsIn();
    office.advance(Duration.ofSeconds(5));
    house.add(somebody.email());
    return somebody;
  }

  private Somebody theirsIsTold() {
    var somebody = theirs();
    office.wake();
    return somebody;
  }

  private Somebody erased(Somebody somebody) {
    office.erase(somebody, "request");
    office.advance(Duration.ofMinutes(2));
    return somebody;
  }

  private JsonNode record() {
    assertThat(house.records()).hasSize(1);
    return house.records().getFirst();
  }

  private void assertIsOurs(Somebody somebody, String where) {
    assertThat(house.records()).as(where).hasSize(1);
    assertThat(state(somebody)).as(where).isEqualTo("told taken");
    assertThat(record().toString()).as(where).contains(somebody.email(), "Hello");
    assertThat(house.isTheirs(record())).as(where).isFalse();
  }

  private void assertIsGone(Somebody somebody, String where) {
    assertThat(house.records()).as(where).isEmpty();
    assertThat(erasure(somebody)).as(where).contains("told");
  }

  private void assertIsEmptied(Somebody somebody, String where) {
    assertThat(house.isTheirs(record())).as(where).isTrue();
    assertThat(house.isAskedAbout(record())).as(where).isTrue();
    assertThat(record().toString()).as(where).doesNotContain("Hello", "Ada");
    assertThat(erasure(somebody)).as(where).contains("told");
  }

  /** A call of the first run, counted from 0, is lost on its way, or its answer. */
  private record Loss(int call, boolean isDeaf) {}

  private record Lost(Somebody somebody, String where) {}

  /** What has come before the run that is disturbed, and what there is to be told by it. */
  private enum Before {
    HANDED_IN,
    THEIRS_HANDED_IN,
    ERASED,
    THEIRS_ERASED
  }

  private Somebody come(Before before) {
    return switch (before) {
      case HANDED_IN -> office.handsIn();
      case THEIRS_HANDED_IN -> theirs();
      case ERASED -> erased(told());
      case THEIRS_ERASED -> erased(theirsIsTold());
    };
  }

  private record Case(Name name, Before before) {}

  /**
   * A run that nothing disturbs.
   *
   * @param calls of the partner, each by its number
   * @param deaths as {@link #deaths} has them
   */
  private record Undisturbed(List<Integer> calls, List<Place> deaths) {}

  /** It is looked at once for all tests: each call and each write is the same whenever it is. */
  private Undisturbed undisturbed(Name name, Before before) {
    return undisturbed.computeIfAbsent(
        new Case(name, before),
        _ -> {
          open(name);
          var deaths = deaths(() -> cameQuietly(before));
          var calls = IntStream.range(0, server.calls().size()).boxed().toList();
          assertThat(calls).isNotEmpty();
          return new Undisturbed(calls, deaths);
        });
  }

  private Somebody cameQuietly(Before before) {
    var somebody = come(before);
    server.calls().clear();
    return somebody;
  }

  private void losing(Name name, Before before, Consumer<Lost> then) {
    var losses =
        undisturbed(name, before).calls().stream()
            .flatMap(call -> Stream.of(new Loss(call, true), new Loss(call, false)))
            .toList();
    for (var loss : Cases.spread(losses, SOME)) {
      open(name);
      var somebody = come(before);
      server.lose(loss.call(), loss.isDeaf());
      wakeUntilAllIsTold();
      then.accept(new Lost(somebody, "%s, %s".formatted(name, loss)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whicheverCallGetsLostThereIsOneRecordAndItGoesWithAnErasure(Name name) {
    losing(
        name,
        Before.HANDED_IN,
        it -> {
          assertIsOurs(it.somebody(), it.where());
          eraseAndTell(it.somebody());
          assertIsGone(it.somebody(), it.where());
        });
  }

  @ParameterizedTest
  @EnumSource
  void whicheverCallGetsLostNothingIsOursThatWasTheirs(Name name) {
    losing(
        name,
        Before.THEIRS_HANDED_IN,
        it -> {
          assertThat(house.text(record(), first())).as(it.where()).isEqualTo("Hello");
          assertThat(state(it.somebody())).as(it.where()).isEqualTo("told taken");
          eraseAndTell(it.somebody());
          assertIsEmptied(it.somebody(), it.where());
        });
  }

  @ParameterizedTest
  @EnumSource
  void whicheverCallOfAnErasureGetsLostNothingOfThePersonStays(Name name) {
    losing(name, Before.ERASED, it -> assertIsGone(it.somebody(), it.where()));
  }

  @ParameterizedTest
  @EnumSource
  void whicheverCallOfAnErasureGetsLostTheirOwnRecordIsEmptied(Name name) {
    losing(name, Before.THEIRS_ERASED, it -> assertIsEmptied(it.somebody(), it.where()));
  }

  /** Before and after each call of AWS that changes something, in the first run. */
  private void dying(Name name, Before before, Consumer<Lost> then) {
    for (var place : undisturbed(name, before).deaths()) {
      open(name);
      var somebody = come(before);
      dieAt(place);
      wakeUntilAllIsTold();
      then.accept(new Lost(somebody, "%s, %s".formatted(name, place)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereverItDiesThereIsOneRecordAndItGoesWithAnErasure(Name name) {
    dying(
        name,
        Before.HANDED_IN,
        it -> {
          assertIsOurs(it.somebody(), it.where());
          eraseAndTell(it.somebody());
          assertIsGone(it.somebody(), it.where());
        });
  }

  @ParameterizedTest
  @EnumSource
  void whereverItDiesNothingIsOursThatWasTheirs(Name name) {
    dying(
        name,
        Before.THEIRS_HANDED_IN,
        it -> {
          assertThat(state(it.somebody())).as(it.where()).isEqualTo("told taken");
          eraseAndTell(it.somebody());
          assertIsEmptied(it.somebody(), it.where());
        });
  }

  @ParameterizedTest
  @EnumSource
  void whereverAnErasureDiesNothingOfThePersonStays(Name name) {
    dying(name, Before.ERASED, it -> assertIsGone(it.somebody(), it.where()));
  }

  @ParameterizedTest
  @EnumSource
  void whereverAnErasureDiesTheirOwnRecordIsEmptied(Name name) {
    dying(name, Before.THEIRS_ERASED, it -> assertIsEmptied(it.somebody(), it.where()));
  }

  /** Something happens when a call comes, counted from 0, once. */
  private void before(int call, Runnable deed) {
    var count = new AtomicInteger();
    server.be(
        it -> {
          if (count.getAndIncrement() == call) {
            deed.run();
          }
          return house.answer(it);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"ZOHO", "FXIAOKE"})
  void aTokenThatEndsBeforeAnyCallIsMadeUpFor(Name name) {
    var telling = undisturbed(name, Before.HANDED_IN).calls();
    for (int call : Cases.spread(telling.subList(1, telling.size()), SOME)) {
      open(name);
      before(call, house::forgetTokens);
      var ada = told();
      assertIsOurs(ada, "call " + call);
      assertThat(stopped()).isEmpty();
    }
    for (int call : Cases.spread(undisturbed(name, Before.ERASED).calls(), SOME)) {
      open(name);
      var ada = erased(told());
      before(call, house::forgetTokens);
      office.wake();
      assertIsGone(ada, "call " + call + " of an erasure");
    }
  }

  /** One call is refused, counted from 0, as the partner takes no more for now. */
  private void useUpAt(int call) {
    var count = new AtomicInteger();
    server.be(it -> count.getAndIncrement() == call ? house.usedUp() : house.answer(it));
  }

  @ParameterizedTest
  @EnumSource
  void aQuotaThatEndsBeforeAnyCallKeepsThePersonWaitingAndLosesNothing(Name name) {
    for (int call : Cases.spread(undisturbed(name, Before.HANDED_IN).calls(), SOME)) {
      open(name);
      useUpAt(call);
      var ada = told();
      assertThat(state(ada))
          .as("call %d", call)
          .doesNotStartWith("told")
          .doesNotStartWith("failed");
      untilTheNextDay();
      assertIsOurs(ada, "call " + call);
    }
    for (int call : Cases.spread(undisturbed(name, Before.ERASED).calls(), SOME)) {
      open(name);
      var ada = erased(told());
      useUpAt(call);
      office.wake();
      assertThat(erasure(ada)).as("call %d of an erasure", call).isEmpty();
      untilTheNextDay();
      assertIsGone(ada, "call " + call + " of an erasure");
    }
  }

  /** No quota lasts for longer. */
  private void untilTheNextDay() {
    wakeUntilAllIsTold();
    office.advance(Duration.ofHours(25));
    wakeUntilAllIsTold();
  }

  @ParameterizedTest
  @EnumSource
  void whomItRefusesKeepsNobodyElseWaiting(Name name) {
    open(name);
    var ada = office.handsIn();
    var bob = office.handsIn("bob@%s.example".formatted(name), "Refuse me");
    var grace = office.handsIn();
    server.be(
        it ->
            new String(it.body(), UTF_8).contains("Refuse me")
                ? house.refusal()
                : house.answer(it));
    String printed = Office.printed(office::wake);

    assertThat(List.of(state(ada), state(grace))).containsOnly("told taken");
    assertThat(state(bob)).startsWith("failed ");
    assertThat(stopped()).isEmpty();
    assertThat(house.records()).hasSize(2);
    assertThat(printed).contains("\"DeliveryFailed\"").doesNotContain("Refuse me", bob.email());
  }

  @ParameterizedTest
  @EnumSource
  void whatWasTheirsIsChangedAndAfterAnErasureItIsThereWithoutWhatCameFromUs(Name name) {
    open(name);
    var ada = theirsIsTold();
    assertThat(house.text(record(), first())).isEqualTo("Hello");
    office.handsIn(ada.email(), "Hello again");
    office.wake();
    assertThat(house.text(record(), first())).isEqualTo("Hello again");
    assertThat(house.isTheirs(record())).isTrue();

    eraseAndTell(ada);
    assertIsEmptied(ada, name.toString());
  }

  @ParameterizedTest
  @EnumSource
  void anErasureEmptiesWhatAFormerMappingFilled(Name name) {
    open(name);
    var ada = theirsIsTold();
    mapped(second());
    office.handsIn(ada.email(), "Hello again");
    office.wake();
    assertThat(house.text(record(), first())).isEqualTo("Hello");
    assertThat(house.text(record(), second())).isEqualTo("Hello again");

    eraseAndTell(ada);
    assertIsEmptied(ada, name.toString());
    assertThat(recipient(ada)).doesNotContainKey("theirs");
  }

  @ParameterizedTest
  @EnumSource
  void whatPeopleThereWroteIntoAFieldThatOnlyTodaysFileMapsStays(Name name) {
    open(name);
    var ada = theirsIsTold();
    mapped(mark(name));

    eraseAndTell(ada);
    assertIsEmptied(ada, name.toString());
  }

  @ParameterizedTest
  @EnumSource
  void whatAVersionOfBeforeWroteDownIsEmptiedByTheMappingOfToday(Name name) {
    open(name);
    var ada = theirsIsTold();
    wasToldByAVersionOfBefore(ada);

    eraseAndTell(ada);
    assertIsEmptied(ada, name.toString());
  }

  @ParameterizedTest
  @EnumSource
  void whoMayWriteToTheRowHasNothingEmptiedThatTheFileDoesNotMap(Name name) {
    open(name);
    var ada = theirsIsTold();
    mapped(second());
    var bob = told();
    mapped(first());
    var names = keptNames(ada);
    names.addAll(keptNames(bob)); // A field that Ada's record was never told in.
    var parts = keptNames(ada).iterator().next().split("\\.", -1);
    var hash = parts[0];
    var ours = parts[1];
    names.addAll(
        Set.of(
            "%s.%s.%s".formatted("x".repeat(43), ours, mark(name)),
            "%s.%s.%s".formatted(hash, ours, mark(name)),
            hash + "." + mark(name),
            mark(name)));
    var row = new HashMap<>(recipient(ada));
    row.put("theirs", AttributeValue.fromSs(List.copyOf(names)));
    office.put(Table.RECIPIENTS, row);
    eraseAndTell(bob);

    eraseAndTell(ada);
    assertIsEmptied(ada, name.toString());
  }

  private Set<String> keptNames(Somebody somebody) {
    return new HashSet<>(requireNonNull(recipient(somebody).get("theirs")).ss());
  }

  /** What people there have marked their record in. */
  private static String mark(Name name) {
    return switch (name) {
      case ZOHO -> "City";
      case FXIAOKE -> "city__c";
      case MAILCHIMP -> "LNAME";
      case LISTMONK -> "city";
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"ZOHO", "FXIAOKE"})
  void aFieldThatIsGoneThereKeepsNoErasureWaiting(Name name) {
    open(name);
    var ada = theirsIsTold();
    mapped(second());
    house.drop(first());

    eraseAndTell(ada);
    assertThat(house.isTheirs(record())).isTrue();
    assertThat(erasure(ada)).contains("told");
  }

  @ParameterizedTest
  @EnumSource
  void aBackfillIsCountedFirstAndTellsThenOneAfterTheOtherAtThePartnersPace(Name name)
      throws IOException {
    open(name);
    office.removeTarget(TARGET);
    var ada = office.handsIn();
    var bob = office.handsIn();
    mapped(first());
    var since = ada.entryId().receivedAt();
    var order = "{\"backfill\": \"%s\", \"since\": \"%s\", \"dryRun\": %s}";

    assertThat(office.invoke(order.formatted(TARGET, since, true)))
        .isEqualTo(Json.MAPPER.readTree("{\"found\":2,\"added\":0,\"all\":true}"));
    office.wake();
    assertThat(server.calls()).isEmpty();
    assertThat(office.invoke(order.formatted(TARGET, since, false)).path("added").asInt())
        .isEqualTo(2);
    useUpAt(0);
    office.wake();
    assertThat(server.calls()).as("who takes no more is left alone").hasSize(1);

    var underWay = new AtomicInteger();
    var most = new AtomicInteger();
    server.be(
        call -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          var answer = house.answer(call);
          underWay.decrementAndGet();
          return answer;
        });
    untilTheNextDay();
    assertThat(most).as("calls at once").hasValue(1);
    assertThat(house.records()).hasSize(2);
    assertThat(List.of(state(ada), state(bob))).containsOnly("told taken");
    assertThat(office.invoke(order.formatted(TARGET, since, false)).path("added").asInt()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aCheckTellsOfNobodyAndChangesNothing(Name name) {
    open(name);
    var ada = theirsIsTold();
    var before = house.records();
    var calls = new HashSet<PartnerCall>();
    server.be(
        call -> {
          calls.add(call);
          return house.answer(call);
        });

    assertThat(missing()).isEmpty();
    assertThat(house.records()).isEqualTo(before);
    assertThat(calls)
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(it.path() + it.query() + new String(it.body(), UTF_8))
                    .doesNotContain(ada.email(), ada.email().replace("@", "%40"), "Hello"));
  }
}
