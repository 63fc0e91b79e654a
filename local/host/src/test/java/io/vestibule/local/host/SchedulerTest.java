package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.template.Stack;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulerTest {

  private final Console console = Console.open();
  private final List<Invocation> seen = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource source = () -> now;
  private final Clock clock = source.withZone(ZoneOffset.UTC);

  @AfterEach
  void giveTheOutputBack() {
    console.close();
  }

  @Test
  void aFunctionIsCalledOncePerPeriodAndNotAtTheStart() {
    Scheduler scheduler = scheduler("cron(0/5 * * * ? *)", "{\"a\":1}");

    scheduler.runDue();
    assertThat(seen).isEmpty();
    now = now.plus(Duration.ofMinutes(5));
    scheduler.runDue();
    scheduler.runDue();

    assertThat(seen).hasSize(1);
    assertThat(((Outcome.Returned) seen.getFirst().outcome()).value().toString())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void whatWasMissedSeveralTimesIsRunOnce() {
    Scheduler scheduler = scheduler("cron(0 * * * ? *)", "{}");

    now = now.plus(Duration.ofDays(3));
    scheduler.runDue();
    scheduler.runDue();

    assertThat(seen).hasSize(1);
  }

  @Test
  @Tag("slow")
  void onceItIsStartedItLooksAtTheClockByItself() {
    try (Scheduler scheduler = scheduler("cron(0/5 * * * ? *)", "{}")) {
      scheduler.start();
      now = now.plus(Duration.ofMinutes(5));

      Patience.until(() -> !seen.isEmpty());
    }
    assertThat(seen).hasSize(1);
  }

  @Test
  @Tag("slow")
  void whoClosesItWaitsForTheFunctionThatRuns() {
    Scheduler scheduler = scheduler(Handlers.Slow.class, "cron(0/5 * * * ? *)", "{}");
    scheduler.start();
    now = now.plus(Duration.ofMinutes(5));
    Patience.until(() -> console.lines("Scheduled").contains("begun"));

    scheduler.close();

    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().outcome())
        .isEqualTo(new Outcome.Returned(TextNode.valueOf("ended")));
  }

  @Test
  void nothingIsCalledOnceItIsClosed() {
    Scheduler scheduler = scheduler("cron(0/5 * * * ? *)", "{}");
    scheduler.close();
    now = now.plus(Duration.ofMinutes(5));

    scheduler.runDue();

    assertThat(seen).isEmpty();
  }

  @Test
  void aTimeOfTheDayComesOnceADay() {
    now = Instant.parse("2026-01-01T00:15:00Z");
    Scheduler scheduler = scheduler("cron(15 0 * * ? *)", "{}");

    for (int hour = 0; hour < 23; hour++) {
      now = now.plus(Duration.ofHours(1));
      scheduler.runDue();
    }
    assertThat(seen).isEmpty();
    now = Instant.parse("2026-01-02T00:15:00Z");
    scheduler.runDue();
    scheduler.runDue();
    assertThat(seen).hasSize(1);
    now = Instant.parse("2026-01-03T00:15:00Z");
    scheduler.runDue();
    assertThat(seen).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "cron(15 0 * * ? *), 2026-01-02T00:15:00Z",
    "cron(0 23 * * ? *), 2026-01-01T23:00:00Z",
    "cron(59 9 * * ? *), 2026-01-01T09:59:00Z",
    "cron(* * * * ? *), 2026-01-01T00:16:00Z",
    "cron(0/15 * * * ? *), 2026-01-01T00:30:00Z",
    "cron(0/7 * * * ? *), 2026-01-01T00:21:00Z",
    "cron(10 * * * ? *), 2026-01-01T01:10:00Z",
    "cron(30 4 1 * ? *), 2026-01-01T04:30:00Z",
    "cron(10 0 1 * ? *), 2026-02-01T00:10:00Z",
    "cron(0 0 28 * ? *), 2026-01-28T00:00:00Z",
    "cron(0/10 3-5 ? * MON *), 2026-01-05T03:00:00Z",
    "cron(0 3 ? * THU *), 2026-01-01T03:00:00Z",
    "cron(0 0 ? * THU *), 2026-01-08T00:00:00Z",
    "cron(0 22-23 * * ? *), 2026-01-01T22:00:00Z"
  })
  void timesAreRead(String expression, Instant next) {
    assertThat(CronTimes.parse(expression).next(Instant.parse("2026-01-01T00:15:00Z")))
        .isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(0 3 29 * ? *)",
        "cron(0 3 1 * MON *)",
        "cron(0 3 ? * ? *)",
        "cron(0 3 ? * MON-FRI *)",
        "cron(0 5-3 ? * MON *)",
        "cron(0/0 3 * * ? *)",
        "cron(60 3 * * ? *)",
        "cron(0 24 * * ? *)",
        "at(2026-01-01T00:00:00)",
        "rate(1 day)",
        "daily"
      })
  void aScheduleThatWouldRunAtOnceOrIsNotKnownIsRefusedByName(String expression) {
    assertThatThrownBy(() -> CronTimes.parse(expression)).hasMessageContaining(expression);
  }

  @Test
  void anInputThatIsNotJsonIsRefused() {
    assertThatThrownBy(() -> scheduler("cron(0 3 * * ? *)", "{"))
        .hasMessage("The input of schedule Daily is not JSON");
  }

  private Scheduler scheduler(String expression, String input) {
    return scheduler(Handlers.Copy.class, expression, input);
  }

  private Scheduler scheduler(Class<?> handler, String expression, String input) {
    var function = Stacks.function("Scheduled", handler);
    var stack =
        Stacks.of(Stacks.withSchedule(function, new Stack.Schedule("Daily", expression, input)));
    var functions =
        new Functions(stack, URI.create("http://127.0.0.1:1"), clock, console, seen::add);
    return new Scheduler(stack, functions, clock, Patience.LIMIT);
  }
}
