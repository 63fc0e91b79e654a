package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.template.Stack;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One shard's records on their way to a function: in order, and none before the last is done. */
final class Shard {

  /** What became of one step. */
  enum Step {
    /** The shard is read to its end, and everything in it was handled. */
    AT_END,
    /** The next batch has failed and waits for its next attempt. */
    WAITING,
    /** There may be more to do at once. */
    DONE
  }

  private static final long FIRST_DELAY = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_DELAY = TimeUnit.SECONDS.toNanos(5);

  private final ShardReader reader;
  private final EventFilter filter;
  private final BatchDelivery delivery;
  private final int batchSize;
  private final Deque<Batch> owed = new ArrayDeque<>();
  private long notBefore;

  Shard(ShardReader reader, Stack.StreamSource source, EventFilter filter, BatchDelivery delivery) {
    this.reader = reader;
    this.filter = filter;
    this.delivery = delivery;
    this.batchSize = source.batchSize();
    this.notBefore = System.nanoTime();
  }

  /** Whether its successors may start: no record will follow, and all were handled. */
  boolean isFinished() {
    return reader.isClosed() && owed.isEmpty();
  }

  /**
   * Reads a page, or hands the next batch over; both, if all of a page goes into one batch: then
   * nothing is left that was there before.
   */
  Step step() {
    if (!owed.isEmpty()) {
      if (System.nanoTime() - notBefore < 0) {
        return Step.WAITING;
      }
      deliver();
      return Step.DONE;
    }
    List<ObjectNode> page = reader.next();
    divide(page.stream().filter(filter::passes).toList());
    if (reader.mayHaveMore() || owed.size() > 1) {
      return Step.DONE;
    }
    if (!owed.isEmpty()) {
      deliver();
    }
    return owed.isEmpty() ? Step.AT_END : Step.DONE;
  }

  private void deliver() {
    Batch batch = owed.removeFirst();
    List<Batch> rest = delivery.deliver(batch);
    rest.reversed().forEach(owed::addFirst);
    if (!rest.isEmpty()) {
      notBefore = System.nanoTime() + delay(rest.getFirst().attempts());
    }
  }

  private void divide(List<ObjectNode> records) {
    for (int start = 0; start < records.size(); start += batchSize) {
      int end = Math.min(start + batchSize, records.size());
      owed.addLast(new Batch(reader.shardId(), records.subList(start, end), 0));
    }
  }

  private static long delay(int attempts) {
    return attempts == 0 ? 0 : Math.min(LONGEST_DELAY, FIRST_DELAY << Math.min(attempts - 1, 10));
  }
}
