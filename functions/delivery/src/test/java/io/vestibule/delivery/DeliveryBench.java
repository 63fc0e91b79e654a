package io.vestibule.delivery;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a lane takes for many entries to a webhook on this machine, what it asks of AWS, and how
 * much memory it holds: {@code -Ddeliveries=10000}.
 */
class DeliveryBench {

  private static final int DELIVERIES = Integer.getInteger("deliveries", 1_000);

  @Test
  void measure(@TempDir Path folder) throws IOException {
    try (var office = new Office(folder)) {
      office.webhook("demo", ", \"ground\": \"processor\"");
      var people = IntStream.range(0, 100).mapToObj(_ -> office.handsIn()).toList();
      for (int i = people.size(); i < DELIVERIES; i++) {
        office.handsIn(people.get(i % people.size()).email(), "Message " + i);
      }
      var handler = office.handler();
      office.advance(Duration.ofMinutes(2));
      var calls = DyingCalls.record();
      for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
        pool.resetPeakUsage();
      }
      long start = System.nanoTime();
      int runs = 0;
      while (office.receiver.calls().size() < DELIVERIES) {
        runs++;
        Office.call(handler, "{}");
        office.advance(Duration.ofMinutes(1));
      }
      var time = Duration.ofNanos(System.nanoTime() - start);
      DyingCalls.calm();
      long peak =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(it -> it.getName().contains("Gen") || it.getName().contains("Eden"))
              .mapToLong(it -> it.getPeakUsage().getUsed())
              .sum();
      System.out.printf(
          "%d entries: %d s, %d runs, %d calls of AWS, %d MB of heap at most, all of it%n",
          DELIVERIES, time.toSeconds(), runs, calls.size(), peak >> 20);
    }
  }
}
