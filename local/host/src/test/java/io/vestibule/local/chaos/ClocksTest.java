package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Tables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clocks that differ, environments that were frozen and come back (with everything in their memory,
 * and a clock that has gone on), and keys that are late or gone. Streams stand still: who runs, and
 * when, is said here.
 */
class ClocksTest extends Journey {

  private static final Duration CACHES_ARE_OLD = Duration.ofMinutes(6);

  private ChangeFeed feed;
  private World world;

  @BeforeAll
  void standStill() throws Exception {
    somebody().becomesACustomer(Map.of());
    host.stopEvents();
    feed = new ChangeFeed(host, clock);
  }

  @BeforeEach
  void somebodyNew() {
    clock.advance(CACHES_ARE_OLD);
    world = new World(host, clock, feed, somebody());
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @AfterAll
  void close() {
    feed.close();
  }

  static Stream<Arguments> clocks() {
    return Stream.of("IntakeFunction", "MailerFunction", "VerifyFunction", "StoreFunction")
        .flatMap(
            function ->
                Stream.of(Duration.ofMinutes(5), Duration.ofMinutes(-5))
                    .map(off -> Arguments.of(function, off)));
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void aClockThatIsFiveMinutesOffLosesAndRefusesNothing(String function, Duration off)
      throws Exception {
    by("IntakeFunction", function, off, world::submit);
    var row = lastRow();
    by("MailerFunction", function, off, () -> delivers("MailerFunction", row));
    assertThat(world.links).hasSize(1);
    by("VerifyFunction", function, off, () -> world.press(world.links.getLast()));
    by("StoreFunction", function, off, () -> delivers("StoreFunction", row));

    assertThat(row.newest().status()).isEqualTo("DONE");
    assertThat(world.links).hasSize(1);
    assertThat(new Ledger(host).of(row.day())).containsKey("done");
  }

  /** A reconciler whose clock is ahead wakes nothing that a mailer is still at. */
  @Test
  void aFastReconcilerTakesNoRowFromItsMailer() {
    world.submit();
    var row = lastRow();
    CallInterceptor.disturb(
        new At(
            "MailerFunction SendEmail",
            () -> {
              clock.advance(Duration.ofMinutes(5));
              world.reconcile();
              clock.advance(Duration.ofMinutes(-5));
            }));
    delivers("MailerFunction", row);

    assertThat(row.newest().status()).isEqualTo("MAILED");
    assertThat(row.changes.stream().filter(it -> it.status().equals("PENDING"))).hasSize(1);
  }

  /** For how long an environment stands still. */
  static List<Duration> timesFrozen() {
    return Cases.spread(List.of(Duration.ofHours(1), Duration.ofHours(20), Duration.ofDays(5)), 2);
  }

  @ParameterizedTest
  @MethodSource("timesFrozen")
  void whoThawsSealsForTheCurrentKey(Duration frozen) {
    world.submit();
    clock.advance(frozen);
    world.rotate();
    world.submit();

    assertThat(sealingKey(lastRow())).isEqualTo(currentKey());
    throughToTheCustomer(lastRow());
  }

  @Test
  void withoutTheKeyTableAThawedIntakeGoesOnForADayAndWhatItTakesCanBeOpened() {
    world.submit();
    var known = currentKey();
    clock.advance(Duration.ofHours(20));
    world.rotate();
    withoutKeyTable(world::submit);
    assertThat(world.accepted).hasSize(2);
    assertThat(sealingKey(lastRow())).isEqualTo(known);
    throughToTheCustomer(lastRow());

    clock.advance(Duration.ofHours(4).plusMinutes(1));
    withoutKeyTable(
        () -> {
          var answer = world.person.posts(Map.of());
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        });
    assertThat(world.accepted).hasSize(2);

    clock.advance(Duration.ofSeconds(30));
    world.submit();
    assertThat(sealingKey(lastRow())).isEqualTo(currentKey());
    throughToTheCustomer(lastRow());
  }

  /** By how much a rotation is late. */
  static List<Duration> timesLate() {
    return Cases.spread(List.of(Duration.ofHours(20), Duration.ofHours(30), Duration.ofDays(5)), 2);
  }

  @ParameterizedTest
  @MethodSource("timesLate")
  void aRotationThatIsLateStopsNobody(Duration late) {
    world.rotate();
    clock.advance(Duration.ofDays(1).plus(late));
    world.submit();
    var row = lastRow();
    world.rotate();

    assertThat(sealingKey(row)).isNotEqualTo(currentKey());
    throughToTheCustomer(row);
  }

  @Test
  void whatWasSealedBeforeARotationIsOpenedAfterAnyNumberOfThem() {
    world.submit();
    var row = lastRow();
    delivers("MailerFunction", row);
    world.press(world.links.getLast());
    for (int rotation = 0; rotation < 3; rotation++) {
      clock.advance(Duration.ofDays(3)); // Keys that nobody needs are destroyed by the last.
      world.rotate();
    }

    delivers("StoreFunction", row);

    assertThat(row.newest().status()).isEqualTo("DONE");
  }

  @Test
  void whatWasSealedForADestroyedKeyIsHeldAndNotTriedForEver() {
    world.submit();
    var unmailed = lastRow();
    world.submit();
    var pressed = lastRow();
    delivers("MailerFunction", pressed);
    world.press(world.links.getLast());
    world.rotate();
    destroy(sealingKey(unmailed));
    clock.advance(CACHES_ARE_OLD);

    delivers("MailerFunction", unmailed);
    delivers("StoreFunction", pressed);

    assertThat(tables.status(unmailed.id)).isEqualTo("HELD unreadable");
    assertThat(tables.status(pressed.id)).isEqualTo("HELD unreadable");
  }

  @ParameterizedTest
  @MethodSource("timesFrozen")
  void whoThawsFetchesAndUnwrapsEveryKeyAnew(Duration frozen) {
    world.submit();
    throughToTheCustomer(lastRow());
    clock.advance(frozen);
    world.submit();
    var row = lastRow();

    assertThat(unwrappedWhile(() -> delivers("MailerFunction", row)))
        .as("sealing key, index key, link key")
        .isEqualTo(3);
    world.press(world.links.getLast());
    assertThat(unwrappedWhile(() -> delivers("StoreFunction", row)))
        .as("those, what binds keys to addresses, and the customer's own")
        .isEqualTo(5);
    assertThat(row.newest().status()).isEqualTo("DONE");
  }

  /**
   * The one repeated mail: the mailer stands still for longer than its lease, just before it asks
   * SES, and another one takes over. Both mails carry the same link.
   */
  @Test
  void aMailerThatThawsAfterItsLeaseSendsTheSameMailOnceMoreAndChangesNothing() {
    world.submit();
    var row = lastRow();
    CallInterceptor.disturb(
        new At(
            "MailerFunction SendEmail",
            () -> {
              clock.advance(Duration.ofHours(1));
              delivers("MailerFunction", row);
              world.press(world.links.getLast());
              delivers("StoreFunction", row);
            }));

    delivers("MailerFunction", row);

    assertThat(world.links).hasSize(2);
    assertThat(world.links.getFirst()).isEqualTo(world.links.getLast());
    assertThat(row.newest().status()).isEqualTo("DONE");
  }

  private void by(String actor, String victim, Duration off, Runnable work) {
    var shift = actor.equals(victim) ? off : Duration.ZERO;
    clock.advance(shift);
    work.run();
    clock.advance(shift.negated());
  }

  private void throughToTheCustomer(Row row) {
    delivers("MailerFunction", row);
    world.press(world.links.getLast());
    delivers("StoreFunction", row);
    assertThat(row.newest().status()).isEqualTo("DONE");
  }

  private void delivers(String function, Row row) {
    assertThat(world.deliver(function, Map.of(row, row.newest()))).isTrue();
  }

  private void withoutKeyTable(Attempt attempt) {
    CallInterceptor.disturb(new Refused("sealing-keys"));
    try {
      attempt.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      CallInterceptor.calm();
    }
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private long unwrappedWhile(Runnable work) {
    var recorder = new CallRecorder();
    CallInterceptor.disturb(recorder);
    work.run();
    CallInterceptor.calm();
    return recorder.count("Decrypt");
  }

  private Row lastRow() {
    return world.row(world.accepted.getLast());
  }

  private String sealingKey(Row row) {
    return row.changes.getFirst().sealingKey();
  }

  private String currentKey() {
    return tables.items("sealing-keys").stream()
        .filter(item -> Tables.text(item, "name").equals("public"))
        .map(item -> Tables.text(item, "id"))
        .findFirst()
        .orElseThrow();
  }

  private void destroy(String sealingKey) {
    tables.items("sealing-keys").stream()
        .filter(item -> Tables.text(item, "name").equals("private#" + sealingKey))
        .forEach(item -> tables.remove("sealing-keys", item));
  }
}
