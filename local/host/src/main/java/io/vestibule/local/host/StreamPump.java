package io.vestibule.local.host;

import io.vestibule.local.account.TableWrites;
import io.vestibule.local.host.Shard.Step;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An event source mapping at work: carries a table's changes to a function until it is closed.
 *
 * <p>What a function fails at is tried again without end, if its event source says so; {@link
 * #drain} then runs out of time.
 */
public final class StreamPump implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** For what the database does by itself, and nobody waits for. */
  private static final long LONG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  private final String name;
  private final Shards shards;
  private final Console console;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean told;

  /** Changes that there may be: all, if it is told of them; else each time somebody asks. */
  private long writes;

  /** So many of them were in the stream when it was last read to its end. */
  private long handled = -1;

  private boolean stopped;
  private @Nullable String lastTrouble;

  StreamPump(String name, Shards shards, Console console) {
    this.name = name;
    this.shards = shards;
    this.console = console;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Waits until every change that is in the stream now was handled.
   *
   * @throws IllegalStateException it was not, after this time
   */
  public void drain(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      if (!told) {
        isWritten();
      }
      long owed = writes;
      while (handled < owed) {
        if (left <= 0) {
          throw new IllegalStateException(name + " has changes left after " + limit);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** It reads its stream when its table is written to, and hardly ever else; before the start. */
  void waitFor(TableWrites all, String table) {
    told = true;
    all.tell(table, this::isWritten);
  }

  private void isWritten() {
    lock.lock();
    try {
      writes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops after the invocation under way, which is interrupted if it takes too long. */
  @Override
  public void close() {
    stop();
    try {
      if (thread.isAlive() && !thread.join(LONGEST_STOP)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins to stop. Not by an interrupt: it would break the connection that is being read from. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      boolean stop = false;
      while (!stop) {
        long before = begin();
        stop = end(before, step());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  private long begin() {
    lock.lock();
    try {
      return writes;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // A pause cut short is only an earlier look at the stream.
  private boolean end(long before, Step step) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (step == Step.AT_END) {
        handled = before;
        changed.signalAll();
      }
      boolean isIdle = step == Step.WAITING || (step == Step.AT_END && handled == writes);
      if (isIdle && !stopped) {
        var _ = changed.awaitNanos(told && step == Step.AT_END ? LONG_PAUSE_NANOS : PAUSE_NANOS);
      }
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** A stream that cannot be read now is read later, as Lambda does; people are told once. */
  private Step step() {
    try {
      Step step = shards.step();
      lastTrouble = null;
      return step;
    } catch (SdkException e) {
      String trouble = e.getClass().getSimpleName(); // Its message names the request.
      if (!trouble.equals(lastTrouble) && !Thread.currentThread().isInterrupted()) {
        console.terminal().println(name + ": " + e.getMessage());
      }
      lastTrouble = trouble;
      return Step.WAITING;
    }
  }
}
