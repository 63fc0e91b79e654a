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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ScanTablesTest extends BackupAccount {

  private static final Deadline OVER = () -> true;
  private static final int CUSTOMERS = 24;

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
  }

  @Test
  void aTableIsReadToItsEndAndEachItemOnce() {
    var progress = scanTables.goOn(begin(), Kind.CUSTOMERS, () -> false);

    assertThat(progress.isFinished(Kind.CUSTOMERS)).isTrue();
    assertThat(items(progress)).isEqualTo(CUSTOMERS);
  }

  @Test
  void withoutTimeEachSegmentGetsFurtherByAPage() {
    var first = scanTables.goOn(begin(), Kind.CUSTOMERS, OVER);
    var last = first;
    for (int run = 0; run < CUSTOMERS && !last.isFinished(Kind.CUSTOMERS); run++) {
      last = scanTables.goOn(last, Kind.CUSTOMERS, OVER);
    }

    assertThat(first.isFinished(Kind.CUSTOMERS)).isFalse();
    assertThat(items(first)).isPositive();
    assertThat(items(last)).isEqualTo(CUSTOMERS);
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

  private static long items(Progress progress) {
    return progress.table(Kind.CUSTOMERS).orElseThrow().files().stream()
        .mapToLong(StoredFile::items)
        .sum();
  }
}
