package io.vestibule.backup;

import io.vestibule.local.gateway.CallLog.Recording;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How long a restore of identities takes at growing sizes, and one that is called again. {@code
 * make bench-backup}, or with {@code -Didentities=5000,20000}.
 */
class IdentitiesBench extends BackupAccount {

  private static final List<Integer> SIZES =
      Arrays.stream(System.getProperty("identities", "5000,20000").split(","))
          .map(Integer::valueOf)
          .toList();

  /** As large as Tink's keyset is that KMS has wrapped. */
  private static final int WRAPPED = 300;

  private final Random random = new Random(1);

  @Test
  void measure() {
    restore("vestibule-restore-identities-cold", 1_000); // The first is cold.
    for (int size : SIZES) {
      var table = "vestibule-restore-identities-" + size;
      print("first", size, restore(table, size), size);
      print("second", size, again(table), size);
    }
  }

  private record Run(Duration time, int calls) {}

  private Run restore(String table, int size) {
    backups.removeAll("identities", "emailIndex");
    backups.createTable(table, "emailIndex");
    backups.fill(table, IntStream.range(0, size).mapToObj(this::identity).toList());
    return again(table);
  }

  private Run again(String table) {
    long start = System.nanoTime();
    try (Recording recording = account.calls().record()) {
      backups.returns("RestoreFunction", Map.of("table", "identities", "from", table));
      var time = Duration.ofNanos(System.nanoTime() - start);
      return new Run(time, recording.of("RestoreFunction").size());
    }
  }

  private Map<String, AttributeValue> identity(int number) {
    var wrapped = new byte[WRAPPED];
    random.nextBytes(wrapped);
    return Map.of(
        "emailIndex", AttributeValue.fromS("%043d".formatted(number)),
        "customerId", AttributeValue.fromS("%022d".formatted(number)),
        "wrapped", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(wrapped)),
        "createdAt", AttributeValue.fromS("2026-11-21T20:14:00.000Z"));
  }

  private static void print(String run, int size, Run measured, int items) {
    double seconds = measured.time().toMillis() / 1000.0;
    System.out.println(
        String.format(
            Locale.ROOT,
            "%-7s of %7d: %7.1f s %8.0f items/s %8d calls",
            run,
            size,
            seconds,
            items / seconds,
            measured.calls()));
  }
}
