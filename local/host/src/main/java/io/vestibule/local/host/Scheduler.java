package io.vestibule.local.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.template.Stack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Calls functions by their schedules, never at the start. */
public final class Scheduler implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final List<Entry> entries = new ArrayList<>();
  private final Functions functions;
  private final Clock clock;
  private final Thread thread = Thread.ofVirtual().name("schedules").unstarted(this::run);

  /**
   * Reads the schedules of a stack.
   *
   * @throws IllegalArgumentException one has an expression or an input that cannot be read
   */
  public Scheduler(Stack stack, Functions functions, Clock clock) {
    this.functions = functions;
    this.clock = clock;
    for (Stack.Lambda lambda : stack.functions()) {
      for (Stack.Schedule schedule : lambda.schedules()) {
        entries.add(new Entry(lambda.logicalId(), schedule));
      }
    }
  }

  /** From now on, schedules that are due also run by themselves, until this is closed. */
  public void start() {
    thread.start();
  }

  /**
   * Runs the schedules that are due by the clock, one after the other, and returns when all have
   * ended. A schedule that was missed several times is run once.
   */
  public synchronized void runDue() {
    Instant now = clock.instant();
    for (Entry entry : entries) {
      if (!entry.next.isAfter(now)) {
        entry.next = entry.timing.next(now);
        var _ = functions.invoke(entry.function, entry.input, entry.cause);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(BETWEEN_LOOKS);
        runDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  private final class Entry {

    private final String function;
    private final Timing timing;
    private final JsonNode input;
    private final String cause;
    private Instant next;

    Entry(String function, Stack.Schedule schedule) {
      this.function = function;
      this.timing = Timing.parse(schedule.expression());
      this.input = read(schedule);
      this.cause = "schedule " + schedule.logicalId();
      this.next = timing.next(clock.instant());
    }

    private static JsonNode read(Stack.Schedule schedule) {
      try {
        return new ObjectMapper().readTree(schedule.input());
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "The input of schedule " + schedule.logicalId() + " is not JSON", e);
      }
    }
  }
}
