package io.vestibule.delivery;

import static java.util.stream.Collectors.toMap;

import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.keys.FunctionProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The function in a JVM of its own, called by its schedule until nothing is due any more.
 *
 * <p>Arguments: the folder of targets, what time it is, and a file for what it has taken.
 */
final class DeliveryProcess {

  /** What a run asks AWS for if nothing is due: which lanes there are, and what waits in one. */
  private static final int IDLE = 2;

  private DeliveryProcess() {}

  /**
   * What all runs have taken together.
   *
   * @param calls of AWS, by operation
   * @param heapMegabytes at most
   */
  record Taken(int runs, long seconds, Map<String, Long> calls, long heapMegabytes) {

    long allCalls() {
      return calls.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Runs it for an office, and says what it has taken. */
  static Taken run(Office office, Path targets, Path folder, int heapMegabytes) throws Exception {
    var result = folder.resolve("taken.json");
    new FunctionProcess(office.installation.account(), Office.DELIVER)
        .run(
            DeliveryProcess.class,
            List.of("-Xmx" + heapMegabytes + "m"),
            List.of(targets.toString(), office.clock.instant().toString(), result.toString()),
            folder.resolve("delivery.log"));
    return Json.MAPPER.readValue(result.toFile(), Taken.class);
  }

  public static void main(String[] arguments) throws IOException {
    var variables = new HashMap<>(System.getenv());
    variables.put("LOCAL_TARGETS", arguments[0]);
    var ahead = Duration.between(Instant.now(), Instant.parse(arguments[1]));
    var calls = DyingCalls.count();
    long start = System.nanoTime();
    int runs = 0;
    for (long before = -IDLE - 1; sum(calls) > before + IDLE; runs++) {
      before = sum(calls);
      // What AWS had trouble with is due again after seconds.
      var clock = Clock.offset(Clock.systemUTC(), ahead.plusMinutes(runs));
      Office.call(new DeliverHandler(Env.of(variables), clock), "{}");
    }
    var time = Duration.ofNanos(System.nanoTime() - start);
    var taken = new Taken(runs, time.toSeconds(), longs(calls), heap() >> 20);
    Files.write(Path.of(arguments[2]), Json.MAPPER.writeValueAsBytes(taken));
  }

  private static long sum(Map<String, LongAdder> calls) {
    return calls.values().stream().mapToLong(LongAdder::sum).sum();
  }

  private static Map<String, Long> longs(Map<String, LongAdder> calls) {
    return calls.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, it -> it.getValue().sum(), Long::sum, TreeMap::new));
  }

  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(it -> it.getType() == MemoryType.HEAP)
        .mapToLong(it -> it.getPeakUsage().getUsed())
        .sum();
  }
}
