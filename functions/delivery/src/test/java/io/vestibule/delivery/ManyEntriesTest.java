package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook that has been away, and everything that waits for it. */
@Tag("slow")
class ManyEntriesTest {

  /** A build has fewer: {@code -Dvestibule.deliveries=100000} is what it is meant for. */
  private static final int ENTRIES = Integer.getInteger("vestibule.deliveries", 120);

  private static final int PER_PERSON = 40;

  /** An eighth of what the function has. */
  private static final int HEAP_MEGABYTES = 128;

  /** What has arrived, and no more than that of each: there are too many. */
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  private final LongAdder arrived = new LongAdder();

  @Test
  void eachArrivesOnceForNineCallsWithALittleMemory(@TempDir Path folder) throws Exception {
    var server = server();
    var targets = Files.createDirectory(folder.resolve("targets"));
    try (var office = new Office(targets)) {
      var url = "http://localhost:%d/demo".formatted(server.getAddress().getPort());
      office.target(
          "demo",
          "{\"kind\": \"webhook\", \"url\": \"%s\", \"content\": \"full\"%s}"
              .formatted(url, Office.GROUND));
      office.secret("demo", "{\"keys\": [\"" + Office.KEY + "\"]}");
      var people = Stream.generate(office::handsIn).limit(ENTRIES / PER_PERSON).toList();
      people.forEach(it -> office.handedIn(it, PER_PERSON - 1));
      office.advance(Duration.ofMinutes(2));

      var taken = DeliveryProcess.run(office, targets, folder, HEAP_MEGABYTES);

      System.out.printf("%d entries: %s%n", ENTRIES, taken);
      assertThat(ids).hasSize(ENTRIES);
      assertThat(arrived.sum()).isEqualTo(ENTRIES);
      // Besides: the lane's pages, its lease, and what this machine did not answer in time.
      assertThat(taken.allCalls()).isBetween(9L * ENTRIES, 9L * ENTRIES + ENTRIES / 10 + 60);
    } finally {
      server.stop(0);
    }
  }

  private HttpServer server() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
    return server;
  }

  private void take(HttpExchange exchange) {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
      arrived.increment();
      exchange.sendResponseHeaders(204, -1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
