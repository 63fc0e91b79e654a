package io.vestibule.local.journey;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * How fast backups and restores are, beside the least that anybody could do: a parallel scan that
 * only compresses, and parallel batch writes of what is in memory. {@code make bench-backup}.
 */
class BackupBench extends Journey {

  private static final int CUSTOMERS = Integer.getInteger("customers", 100_000);
  private static final int SEGMENTS = 4;
  private static final int WRITERS = 8;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("BackupReadUnits", "1000000");
  }

  @Test
  void compare() throws Exception {
    host.stopEvents();
    var backups = new Backups(host);
    var customers = new ManyCustomers(host);
    customers.fill("customers", 0, CUSTOMERS / 10);
    backups.returns("BackupFunction", Map.of()); // So that nobody starts cold.
    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "warm-up-restored"));
    customers.fill("customers", CUSTOMERS / 10, CUSTOMERS);
    createTable("bare");

    measure("warm-up: bare scan, gzip", this::bareScan);
    double scan = measure("bare scan, gzip", this::bareScan);
    double backup = measure("backup", () -> backups.returns("BackupFunction", Map.of()));
    double write = measure("bare batch writes", () -> bareWrites(customers));
    var event = Map.of("backup", "latest", "into", "customers-restored");
    double restore = measure("restore", () -> backups.returns("RestoreFunction", event));
    print("backup / bare scan: %.2f   restore / bare writes: %.2f", scan / backup, write / restore);
  }

  private Void bareScan() throws Exception {
    return inParallel(
        IntStream.range(0, SEGMENTS).<Callable<Void>>mapToObj(it -> () -> bareScan(it)).toList());
  }

  private Void bareScan(int segment) throws IOException {
    try (var gzip = new GZIPOutputStream(OutputStream.nullOutputStream())) {
      for (var item :
          host.operator()
              .dynamoDb()
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

  private Void bareWrites(ManyCustomers customers) throws Exception {
    int share = CUSTOMERS / WRITERS;
    List<Callable<Void>> writers = new ArrayList<>();
    for (int from = 0; from < CUSTOMERS; from += share) {
      int first = from;
      writers.add(
          () -> {
            customers.fill("bare", first, Math.min(CUSTOMERS, first + share));
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

  private void createTable(String name) {
    host.operator()
        .dynamoDb()
        .createTable(
            create ->
                create
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                        List.of(
                            AttributeDefinition.builder()
                                .attributeName("customerId")
                                .attributeType("S")
                                .build()))
                    .keySchema(
                        List.of(
                            KeySchemaElement.builder()
                                .attributeName("customerId")
                                .keyType("HASH")
                                .build())));
  }

  /** Seconds that it took. */
  private double measure(String what, Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    double megabytes = (double) CUSTOMERS * ManyCustomers.BYTES / (1 << 20);
    print(
        "%-26s %8.1f s %10.0f items/s %8.1f MB/s",
        what, seconds, CUSTOMERS / seconds, megabytes / seconds);
    return seconds;
  }

  @SuppressWarnings("AnnotateFormatMethod") // Only called with the formats above.
  private void print(String format, Object... values) {
    host.terminal().println(String.format(Locale.ROOT, format, values));
  }
}
