package io.vestibule.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Customers of every kind, by the thousand, come back bit for bit. */
@Tag("slow")
class RoundTripTest extends BackupAccount {

  /** The more, the longer: {@code -Dvestibule.roundTrip=10000}. */
  private static final int CUSTOMERS = Integer.getInteger("vestibule.roundTrip", 1_000);

  @Test
  void allCustomersComeBackBitForBit() {
    backups.fill(
        "customers", IntStream.range(0, CUSTOMERS).mapToObj(BackupTest::customer).toList());

    var taken = backups.returns("BackupFunction", Map.of());
    var report =
        backups.returns(
            "RestoreFunction", Map.of("backup", "latest", "into", "vestibule-restore-all"));

    assertThat(taken.path("items").asInt()).isEqualTo(CUSTOMERS);
    assertThat(report.path("restored").asInt()).isEqualTo(CUSTOMERS);
    for (int i = 0; i < CUSTOMERS; i++) {
      var key = Map.of("customerId", AttributeValue.fromS("c" + i));
      var restored =
          backups.dynamoDb().getItem(get -> get.tableName("vestibule-restore-all").key(key));
      assertThat(restored.item()).isEqualTo(BackupTest.customer(i));
    }
  }
}
