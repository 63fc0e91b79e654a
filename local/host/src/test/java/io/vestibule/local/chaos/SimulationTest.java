package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of everything that may happen to one person's submissions, in any order, twice,
 * at the same moment, and with one thing or another going wrong.
 *
 * <p>{@code -Dvestibule.schedules=1000} plays as many; {@code -Dvestibule.seed=…} begins at another
 * seed. A failure names its own.
 */
class SimulationTest extends Journey {

  private static final int SCHEDULES =
      Integer.getInteger("vestibule.schedules", Cases.areAll() ? 50 : 10);
  private static final long FIRST_SEED = Long.getLong("vestibule.seed", 1);

  private ChangeFeed feed;
  private int customers;
  private int mails;

  @BeforeAll
  void standStill() throws Exception {
    somebody().becomesACustomer(Map.of());
    host.stopEvents();
    feed = new ChangeFeed(host, clock);
    customers = 1;
    mails = 1;
  }

  @AfterAll
  void close() {
    feed.close();
  }

  /** To the terminal itself: what functions print meanwhile is theirs. */
  @BeforeAll
  void sayWhichSchedules() {
    host.terminal().printf("Schedules: %d, from -Dvestibule.seed=%d on%n", SCHEDULES, FIRST_SEED);
  }

  @Test
  void inNoScheduleIsASubmissionLostOrStoredTwice() throws Exception {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
      play(seed);
    }
    var books = Books.of(tables);
    assertThat(books.customers()).isEqualTo(customers);
    assertThat(books.identities()).isEqualTo(customers);
    assertThat(books.mailsCounted()).isEqualTo(mails);
  }

  private void play(long seed) throws Exception {
    nextDay();
    tables.clear("submissions");
    feed.next();
    var world = new World(host, clock, feed, somebody());
    var schedule = new Schedule(seed, world);
    try {
      schedule.play();
      var invariants = new Invariants(world);
      invariants.check(schedule.mailsThatMayBeRepeated());
      mails += invariants.mailsClaimed();
      customers += world.rows.values().stream().anyMatch(row -> row.wasEver("DONE")) ? 1 : 0;
      redeliveryChangesNothing(schedule, world);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("-Dvestibule.seed=" + seed + "\n" + schedule.story(), e);
    }
  }

  /** So that a schedule meets no cached key, and caps of the day, as if it were the only one. */
  private void nextDay() {
    var time = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    clock.advance(Duration.between(time, LocalTime.NOON).plusDays(1));
  }

  private static void redeliveryChangesNothing(Schedule schedule, World world) {
    int changes = changes(world);
    int mails = world.links.size();
    schedule.deliverEverythingAgain();
    assertThat(changes(world)).as("changes after redelivery").isEqualTo(changes);
    assertThat(world.links).as("mails after redelivery").hasSize(mails);
  }

  private static int changes(World world) {
    return world.rows.values().stream().mapToInt(row -> row.changes.size()).sum();
  }
}
