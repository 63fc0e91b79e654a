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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Calls functions by their schedules, never at the start. */
public final class Scheduler implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final List<Entry> entries = new ArrayList<>();
  private final Functions functions;
  private final Clock clock;
  private final Duration longestStop;
  private final Thread thread = Thread.ofVirtual().name("schedules").unstarted(this::run);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock running = new ReentrantLock();

  /**
   * Reads the schedules of a stack.
   *
   * @throws IllegalArgumentException one has an expression or an input that cannot be read
   */
  public Scheduler(Stack stack, Functions functions, Clock clock) {
    this(stack, functions, clock, LONGEST_STOP);
  }

  /** One that waits for a function that runs for so long; for tests. */
  Scheduler(Stack stack, Functions functions, Clock clock, Duration longestStop) {
    this.functions = functions;
    this.clock = clock;
    this.longestStop = longestStop;
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
  public void runDue() {
    running.lock();
    try {
      Instant now = clock.instant();
      for (Entry entry : entries) {
        if (!isClosed() && !entry.next.isAfter(now)) {
          entry.next = entry.times.next(now);
          var _ = functions.invoke(entry.function, entry.input, entry.cause);
        }
      }
    } finally {
      running.unlock();
    }
  }

  /**
   * Calls no more functions, and waits for the one that runs: what it works with is closed next. If
   * it takes too long, it is interrupted.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread.isAlive() && !thread.join(longestStop)) {
        thread.interrupt();
      }
      if (running.tryLock(longestStop.toNanos(), TimeUnit.NANOSECONDS)) {
        running.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    try {
      while (!closed.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS)) {
        runDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed, and what ran took too long.
    }
  }

  private final class Entry {

    private final String function;
    private final CronTimes times;
    private final JsonNode input;
    private final String cause;
    private Instant next;

    Entry(String function, Stack.Schedule schedule) {
      this.function = function;
      this.times = CronTimes.parse(schedule.expression());
      this.input = read(schedule);
      this.cause = "schedule " + schedule.logicalId();
      this.next = times.next(clock.instant());
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
