package io.vestibule.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.mail.Breaker;
import io.vestibule.store.mail.Breakers;
import io.vestibule.store.mail.Pace;
import io.vestibule.store.rows.OpenRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NextStepsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T20:14:00Z");
  private static final RowId ID = new RowId("sAAAAAAAAAAAAAAAAAAAAAA");
  private static final Optional<String> NOBODY = Optional.empty();
  private static final Optional<Instant> NEVER = Optional.empty();

  private final NextSteps nextSteps = new NextSteps(new Forms());

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "VERIFIED"})
  void whatIsOpenForAQuarterOfAnHourIsTouched(Status status) {
    assertThat(step(row(status, 14, NEVER, 0))).isEqualTo(new NextStep.Wait());
    assertThat(step(row(status, 15, NEVER, 0))).isEqualTo(new NextStep.Touch(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "VERIFIED"})
  void whatWasTouchedIsLeftInPeaceForSixHours(Status status) {
    assertThat(step(row(status, 600, minutesAgo(359), 1))).isEqualTo(new NextStep.Wait());
    assertThat(step(row(status, 600, minutesAgo(360), 1))).isEqualTo(new NextStep.Touch(2));
  }

  @Test
  void anErasureIsTouchedAMinuteAfterItBegan() {
    assertThat(step(erasing(minutesAgo(0), NEVER))).isEqualTo(new NextStep.Wait());
    assertThat(step(erasing(minutesAgo(1), NEVER))).isEqualTo(new NextStep.Touch(1));
    assertThat(step(erasing(minutesAgo(1), minutesAgo(30))))
        .as("a touch before it began is another matter")
        .isEqualTo(new NextStep.Touch(1));
    assertThat(step(erasing(minutesAgo(20), minutesAgo(14)))).isEqualTo(new NextStep.Wait());
    assertThat(step(erasing(minutesAgo(20), minutesAgo(15))))
        .as("the person waits for a receipt")
        .isEqualTo(new NextStep.Touch(2));
  }

  @Test
  void aPressIsAStepForward() {
    var row = row(Status.VERIFIED, 600, minutesAgo(30), 2);

    assertThat(step(pressed(row, minutesAgo(14)))).isEqualTo(new NextStep.Wait());
    assertThat(step(pressed(row, minutesAgo(15)))).isEqualTo(new NextStep.Touch(1));
    assertThat(nextSteps.isStuck(pressed(row, minutesAgo(15)), NOW)).isFalse();
  }

  @Test
  void aPressInTheFutureHidesNothing() {
    var row = row(Status.VERIFIED, 600, NEVER, 0);

    assertThat(step(pressed(row, minutesAgo(-600)))).isEqualTo(new NextStep.Touch(1));
  }

  @Test
  void whatHasEndedIsLeftToTheTimeToLive() {
    var ended = minutesAgo(0);

    assertThat(step(ending(row(Status.PENDING, 5000, NEVER, 0), ended)))
        .isEqualTo(new NextStep.Wait());
    assertThat(step(ending(row(Status.MAILING, 5000, NEVER, 0), ended)))
        .isEqualTo(new NextStep.Wait());
    assertThat(nextSteps.isStuck(ending(row(Status.PENDING, 5000, minutesAgo(500), 2), ended), NOW))
        .isFalse();
    assertThat(step(ending(row(Status.VERIFIED, 5000, NEVER, 0), ended)))
        .as("what was confirmed never ends")
        .isEqualTo(new NextStep.Touch(1));
  }

  @Test
  void aMailerIsLeftBehindFiveMinutesAfterItsLease() {
    assertThat(step(leased(minutesAgo(4)))).isEqualTo(new NextStep.Wait());
    assertThat(step(leased(minutesAgo(5)))).isEqualTo(new NextStep.MailAgain(1));
    assertThat(step(leased(NEVER))).as("no lease at all").isEqualTo(new NextStep.MailAgain(1));
  }

  @Test
  void aCappedRowIsMailedOnAnotherDayWithinItsLife() {
    Instant midnight = Instant.parse("2026-11-21T00:00:00Z");
    Instant handedIn = midnight.minus(Duration.ofMinutes(1));

    assertThat(step(capped(handedIn, midnight))).as("today").isEqualTo(new NextStep.Wait());
    assertThat(step(capped(handedIn, handedIn)))
        .isEqualTo(new NextStep.MailHeld(handedIn.plus(Duration.ofDays(3)), Duration.ZERO));
    assertThat(step(capped(NOW.minus(Duration.ofDays(3)), handedIn)))
        .as("its life is over")
        .isEqualTo(new NextStep.Wait());
  }

  @Test
  void whatIsPausedIsMailedOnceItsFormIsItselfAgainAndLivesLongerByThePause() {
    var handedIn = NOW.minus(Duration.ofDays(5));
    var paused = held("paused", "contact", handedIn, NOW.minus(Duration.ofDays(4)));

    assertThat(step(paused, Breakers.NONE))
        .isEqualTo(new NextStep.MailHeld(handedIn.plus(Duration.ofDays(7)), Duration.ofDays(4)));
    assertThat(step(paused, form("newsletter", Pace.STOPPED)))
        .isInstanceOf(NextStep.MailHeld.class);
    assertThat(step(paused, form("contact", Pace.STOPPED))).isEqualTo(new NextStep.Wait());
    assertThat(step(paused, account(Pace.STOPPED))).isEqualTo(new NextStep.Wait());
  }

  @Test
  void onePauseAddsToAnother() {
    var paused = held("paused", "contact", NOW.minus(Duration.ofDays(5)), NOW.minusSeconds(3_600));
    var again = pausedBefore(paused);

    assertThat(step(again, Breakers.NONE))
        .isEqualTo(
            new NextStep.MailHeld(
                NOW.plus(Duration.ofDays(1)).plusSeconds(3_600),
                Duration.ofDays(3).plusSeconds(3_600)));
  }

  @Test
  void whatWasOverTheBudgetAfterAPauseIsTriedOnceAnHour() {
    var held = held("paused", "contact", NOW, NOW.minus(Duration.ofMinutes(14)));

    assertThat(step(pausedBefore(held), Breakers.NONE)).isEqualTo(new NextStep.Wait());
    assertThat(step(held, Breakers.NONE))
        .as("the pause itself is over")
        .isInstanceOf(NextStep.MailHeld.class);
  }

  private static OpenRow pausedBefore(OpenRow row) {
    return new OpenRow(
        ID,
        "contact",
        Status.HELD,
        NOBODY,
        NEVER,
        row.reason(),
        row.createdAt(),
        NEVER,
        NEVER,
        row.heldAt(),
        NEVER,
        NEVER,
        NEVER,
        0,
        NEVER,
        Duration.ofDays(3),
        NEVER);
  }

  @Test
  void whileMailsGoOutSlowlyWhatWaitsHasOneTryAnHour() {
    var slow = account(Pace.SLOW);

    assertThat(step(held("paused", "contact", NOW, NOW.minus(Duration.ofMinutes(14))), slow))
        .as("in this hour")
        .isEqualTo(new NextStep.Wait());
    assertThat(step(held("paused", "contact", NOW, NOW.minus(Duration.ofMinutes(15))), slow))
        .isInstanceOf(NextStep.MailHeld.class);
  }

  @Test
  void aRequestMayBeOfACustomerWhomOnlyTheAccountsDangerStops() {
    var anHourAgo = NOW.minus(Duration.ofHours(1));
    var request = held(new RowId("rAAAAAAAAAAAAAAAAAAAAAA"), "paused", "privacy", NOW, anHourAgo);

    assertThat(step(request, form("privacy", Pace.STOPPED))).isInstanceOf(NextStep.MailHeld.class);
    assertThat(step(request, account(Pace.STOPPED))).isEqualTo(new NextStep.Wait());
  }

  private static Breakers account(Pace pace) {
    return new Breakers(Optional.of(new Breaker(pace, NOW, 1)), Map.of());
  }

  private static Breakers form(String form, Pace pace) {
    return new Breakers(Optional.empty(), Map.of(form, new Breaker(pace, NOW, 1)));
  }

  @Test
  void whatIsHeldForAnotherReasonWaitsForAPerson() {
    assertThat(step(held("forged", "contact"))).isEqualTo(new NextStep.Wait());
    assertThat(step(held("capped", "a form that is gone"))).isEqualTo(new NextStep.Wait());
  }

  @ParameterizedTest
  @EnumSource(names = {"MAILED", "DONE", "ERASED"})
  void nothingElseIsOwed(Status status) {
    var row = row(status, 5000, minutesAgo(500), 2);

    assertThat(step(row)).isEqualTo(new NextStep.Wait());
    assertThat(nextSteps.isStuck(row, NOW)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "MAILING", "VERIFIED"})
  void whatWasTouchedTwiceInVainIsStuck(Status status) {
    assertThat(nextSteps.isStuck(row(status, 600, minutesAgo(500), 1), NOW)).isFalse();
    assertThat(nextSteps.isStuck(row(status, 600, minutesAgo(14), 2), NOW)).isFalse();
    assertThat(nextSteps.isStuck(row(status, 600, minutesAgo(15), 2), NOW)).isTrue();
  }

  private NextStep step(OpenRow row) {
    return step(row, Breakers.NONE);
  }

  private NextStep step(OpenRow row, Breakers breakers) {
    return nextSteps.of(row, breakers, NOW);
  }

  private static Optional<Instant> minutesAgo(int minutes) {
    return Optional.of(NOW.minus(Duration.ofMinutes(minutes)));
  }

  private static OpenRow row(
      Status status, int minutesOld, Optional<Instant> touchedAt, int touches) {
    return new OpenRow(
        ID,
        "contact",
        status,
        NOBODY,
        NEVER,
        Optional.empty(),
        NOW.minus(Duration.ofMinutes(minutesOld)),
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        touchedAt,
        touches,
        NEVER,
        Duration.ZERO,
        NEVER);
  }

  private static OpenRow erasing(Optional<Instant> erasedAt, Optional<Instant> touchedAt) {
    return new OpenRow(
        ID,
        "privacy",
        Status.ERASING,
        NOBODY,
        NEVER,
        Optional.empty(),
        NOW.minus(Duration.ofHours(1)),
        minutesAgo(40),
        NEVER,
        NEVER,
        NEVER,
        erasedAt,
        touchedAt,
        1,
        NEVER,
        Duration.ZERO,
        NEVER);
  }

  private static OpenRow pressed(OpenRow row, Optional<Instant> verifiedAt) {
    return new OpenRow(
        ID,
        row.form(),
        row.status(),
        NOBODY,
        NEVER,
        row.reason(),
        row.createdAt(),
        verifiedAt,
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        row.touchedAt(),
        row.touches(),
        NEVER,
        Duration.ZERO,
        NEVER);
  }

  private static OpenRow ending(OpenRow row, Optional<Instant> expiresAt) {
    return new OpenRow(
        ID,
        row.form(),
        row.status(),
        NOBODY,
        NEVER,
        row.reason(),
        row.createdAt(),
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        row.touchedAt(),
        row.touches(),
        expiresAt,
        Duration.ZERO,
        NEVER);
  }

  private static OpenRow leased(Optional<Instant> leaseUntil) {
    return new OpenRow(
        ID,
        "contact",
        Status.MAILING,
        NOBODY,
        NEVER,
        Optional.empty(),
        NOW.minus(Duration.ofHours(1)),
        NEVER,
        leaseUntil,
        NEVER,
        NEVER,
        NEVER,
        NEVER,
        0,
        NEVER,
        Duration.ZERO,
        NEVER);
  }

  private static OpenRow capped(Instant createdAt, Instant heldAt) {
    return held("capped", "contact", createdAt, heldAt);
  }

  private static OpenRow held(String reason, String form) {
    var yesterday = NOW.minus(Duration.ofDays(1));
    return held(reason, form, yesterday, yesterday);
  }

  private static OpenRow held(String reason, String form, Instant createdAt, Instant heldAt) {
    return held(ID, reason, form, createdAt, heldAt);
  }

  private static OpenRow held(
      RowId id, String reason, String form, Instant createdAt, Instant heldAt) {
    return new OpenRow(
        id,
        form,
        Status.HELD,
        NOBODY,
        NEVER,
        Optional.of(reason),
        createdAt,
        NEVER,
        NEVER,
        Optional.of(heldAt),
        NEVER,
        NEVER,
        NEVER,
        0,
        NEVER,
        Duration.ZERO,
        NEVER);
  }
}
