package io.vestibule.backup;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.restore.RestoreHandler;
import io.vestibule.backup.take.BackupHandler;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Invocation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A function and its yardstick, in turns, in a JVM of their own; both by the function's role.
 *
 * <p>Arguments: {@code backup} or {@code restore}, how many customers there are, how many rounds,
 * and a file for the results.
 */
final class BenchedFunction {

  /** What the tables that the yardstick writes to begin with. */
  static final String BARE = "bare-restore-";

  private static final int SEGMENTS = 4;
  private static final int WRITERS = 8;

  private final DynamoDbClient dynamoDb =
      AwsClients.configure(DynamoDbClient.builder(), Env.ofProcess())
          .overrideConfiguration(patient -> patient.apiCallAttemptTimeout(Duration.ofSeconds(60)))
          .build();
  private final int customers;

  private BenchedFunction(int customers) {
    this.customers = customers;
  }

  /** What both sides took. */
  record Round(Figures bare, Figures ours) {}

  /**
   * What one took.
   *
   * @param heap the most bytes of heap that were in use
   */
  record Figures(double seconds, long heap) {}

  public static void main(String[] arguments) throws Exception {
    var bench = new BenchedFunction(Integer.parseInt(arguments[1]));
    int rounds = Integer.parseInt(arguments[2]);
    var results = arguments[0].equals("backup") ? bench.backups(rounds) : bench.restores(rounds);
    Json.MAPPER.writeValue(Path.of(arguments[3]).toFile(), results);
    System.exit(0); // The SDK's threads may linger.
  }

  private List<Round> backups(int rounds) throws Exception {
    var handler = new BackupHandler();
    List<Round> results = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      results.add(round(round, this::bareScan, () -> run(handler, Map.of())));
    }
    return results;
  }

  private List<Round> restores(int rounds) throws Exception {
    var handler = new RestoreHandler();
    List<Round> results = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      String bare = BARE + round;
      Map<String, Object> event = Map.of("backup", "latest", "into", "vestibule-restore-" + round);
      results.add(round(round, () -> bareWrites(bare), () -> run(handler, event)));
    }
    return results;
  }

  /** By turns the one begins and the other, as the tables grow. */
  private static Round round(int number, Callable<?> bare, Callable<?> ours) throws Exception {
    if (number % 2 == 0) {
      var first = measure(bare);
      return new Round(first, measure(ours));
    }
    var first = measure(ours);
    return new Round(measure(bare), first);
  }

  private static Map<String, Object> run(
      RequestHandler<Map<String, Object>, Map<String, Object>> handler, Map<String, Object> event) {
    return handler.handleRequest(event, new Invocation("test"));
  }

  private static Figures measure(Callable<?> work) throws Exception {
    PeakHeap.begin();
    long start = System.nanoTime();
    var _ = work.call();
    return new Figures((System.nanoTime() - start) / 1e9, PeakHeap.bytes());
  }

  private Void bareScan() throws Exception {
    return inParallel(
        IntStream.range(0, SEGMENTS).<Callable<Void>>mapToObj(it -> () -> bareScan(it)).toList());
  }

  private Void bareScan(int segment) throws IOException {
    try (var gzip = new HuffmanOnly(OutputStream.nullOutputStream())) {
      for (var item :
          dynamoDb
              .scanPaginator(
                  scan ->
                      scan.tableName("customers")
                          .consistentRead(true)
                          .segment(segment)
                          .totalSegments(SEGMENTS))
              .items()) {
        for (AttributeValue value : item.values()) {
          gzip.write(value.b() == null ? new byte[0] : value.b().asByteArrayUnsafe());
        }
      }
    }
    return null;
  }

  /** As cheap as gzip can be, and as backups have it. */
  private static final class HuffmanOnly extends GZIPOutputStream {
    HuffmanOnly(OutputStream output) throws IOException {
      super(output, 1 << 16);
      def.setStrategy(Deflater.HUFFMAN_ONLY);
    }
  }

  private Void bareWrites(String table) throws Exception {
    int share = customers / WRITERS;
    List<Callable<Void>> writers = new ArrayList<>();
    for (int from = 0; from < customers; from += share) {
      int first = from;
      writers.add(
          () -> {
            new ManyCustomers(dynamoDb).fill(table, first, Math.min(customers, first + share));
            return null;
          });
    }
    return inParallel(writers);
  }

  private static Void inParallel(List<Callable<Void>> work) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    return null;
  }
}
