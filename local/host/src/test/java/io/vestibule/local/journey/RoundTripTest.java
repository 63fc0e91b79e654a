package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Customers of every kind, by the thousand, come back bit for bit. */
class RoundTripTest extends Journey {

  /** The more, the longer: {@code -Dvestibule.roundTrip=10000}. */
  private static final int CUSTOMERS = Integer.getInteger("vestibule.roundTrip", 1_000);

  private static final int BATCH = 25;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("BackupReadUnits", "1000000");
  }

  @Test
  void allCustomersComeBackBitForBit() {
    host.stopEvents();
    var backups = new Backups(host);
    fill();

    var taken = backups.returns("BackupFunction", Map.of());
    var report =
        backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "all-restored"));

    assertThat(taken.path("items").asInt()).isEqualTo(CUSTOMERS);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    for (int i = 0; i < CUSTOMERS; i++) {
      var key = Map.of("customerId", AttributeValue.fromS("c" + i));
      var restored =
          host.operator().dynamoDb().getItem(get -> get.tableName("all-restored").key(key));
      assertThat(restored.item()).isEqualTo(BackupTest.customer(i));
    }
  }

  private void fill() {
    for (int first = 0; first < CUSTOMERS; first += BATCH) {
      var batch = new ArrayList<WriteRequest>();
      for (int i = first; i < Math.min(CUSTOMERS, first + BATCH); i++) {
        var item = BackupTest.customer(i);
        batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
      }
      host.operator()
          .dynamoDb()
          .batchWriteItem(write -> write.requestItems(Map.of("customers", batch)));
    }
  }
}
