package io.vestibule.backup.take;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.backup.BackupAccount;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Bulk;
import io.vestibule.backup.Kind;
import io.vestibule.backup.StoredFile;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.store.Tables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ScanTablesTest extends BackupAccount {

  private static final Deadline OVER = () -> true;
  private static final int CUSTOMERS = 24;

  /** All of one customer, on several pages. */
  private static final int ENTRIES = 12;

  private ScanTables scanTables;

  /** Some megabytes, so that a segment has more than a page. */
  @BeforeAll
  void fill() {
    var env = Env.of(account.variables("BackupFunction"));
    var tables = env.read(from -> Tables.read(from, Kind.tables()));
    scanTables =
        new ScanTables(
            Bulk.dynamoDb(env), tables, Bucket.of(env, backups.bucket()), 1_000_000, clock);
    IntStream.range(0, CUSTOMERS)
        .mapToObj(
            i ->
                Map.of(
                    "customerId", AttributeValue.fromS("c" + i),
                    "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[300_000]))))
        .forEach(item -> backups.put("customers", item));
    IntStream.range(0, ENTRIES)
        .mapToObj(
            i ->
                Map.of(
                    "customerId", AttributeValue.fromS("c1"),
                    "entryId", AttributeValue.fromS("e" + i),
                    "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[300_000]))))
        .forEach(item -> backups.put("entries", item));
  }

  @Test
  void aTableIsReadToItsEndAndEachItemOnce() {
    var progress = scanTables.goOn(begin(), Kind.CUSTOMERS, () -> false);

    assertThat(progress.isFinished(Kind.CUSTOMERS)).isTrue();
    assertThat(items(progress, Kind.CUSTOMERS)).isEqualTo(CUSTOMERS);
  }

  @Test
  void withoutTimeEachSegmentGetsFurtherByAPage() {
    var first = scanTables.goOn(begin(), Kind.CUSTOMERS, OVER);
    var last = first;
    for (int run = 0; run < CUSTOMERS && !last.isFinished(Kind.CUSTOMERS); run++) {
      last = scanTables.goOn(last, Kind.CUSTOMERS, OVER);
    }

    assertThat(first.isFinished(Kind.CUSTOMERS)).isFalse();
    assertThat(items(first, Kind.CUSTOMERS)).isPositive();
    assertThat(items(last, Kind.CUSTOMERS)).isEqualTo(CUSTOMERS);
  }

  @Test
  void withinACustomersEntriesTheNextRunGoesOnBehindTheLastThatWasRead() {
    var last = scanTables.goOn(begin(), Kind.ENTRIES, OVER);
    int runs = 1;
    for (; !last.isFinished(Kind.ENTRIES); runs++) {
      last = scanTables.goOn(last, Kind.ENTRIES, OVER);
    }
    assertThat(runs).isGreaterThan(2);
    assertThat(items(last, Kind.ENTRIES)).isEqualTo(ENTRIES);
  }

  /** Read units are of 4 KB, and consistent reads take one for each. */
  @Test
  @Tag("slow")
  void entriesTakeNoMoreOfTheTablesCapacityThanTheirShare() {
    double units = ENTRIES * 300_000 / 4_096.0;
    var env = Env.of(account.variables("BackupFunction"));
    var slow =
        new ScanTables(
            Bulk.dynamoDb(env),
            env.read(from -> Tables.read(from, Kind.tables())),
            Bucket.of(env, backups.bucket()),
            (int) units,
            clock);
    long start = System.nanoTime();
    var progress = slow.goOn(begin(), Kind.ENTRIES, () -> false);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    assertThat(items(progress, Kind.ENTRIES)).isEqualTo(ENTRIES);
  }

  @Test
  void anEmptyTableHasNoFiles() {
    var progress = scanTables.goOn(begin(), Kind.ERASURES, () -> false);

    assertThat(progress.isFinished(Kind.ERASURES)).isTrue();
    assertThat(progress.table(Kind.ERASURES).orElseThrow().files()).isEmpty();
  }

  private Progress begin() {
    var id = "%014d-00000000".formatted(clock.instant().toEpochMilli());
    return new Progress(id, clock.instant(), null, List.of(), Map.of());
  }

  private static long items(Progress progress, Kind kind) {
    return progress.table(kind).orElseThrow().files().stream().mapToLong(StoredFile::items).sum();
  }
}
