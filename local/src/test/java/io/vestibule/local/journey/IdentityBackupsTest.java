package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * AWS Backup keeps copies of the identities, too; nothing of that runs here, but people are told.
 */
class IdentityBackupsTest extends Journey {

  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "IdentityBackups",
        "on",
        "IdentityBackupsCopyTo",
        "arn:aws:backup:eu-west-1:123456789012:backup-vault:identities");
  }

  @Test
  void theReceiptNamesTheDayOnWhichTheLastCopyOfTheKeyEnds() throws Exception {
    host.stopSchedules();
    var ada = somebody();
    ada.becomesACustomer(Map.of());

    var request = Requests.asked(this, ada, "erase").settled();

    var receipt = Json.MAPPER.readTree(request.file("receipt.json").body());
    var erasedAt = Instant.parse(receipt.path("erasedAt").asText());
    assertThat(receipt.findValues("until"))
        .map(until -> Duration.between(erasedAt, Instant.parse(until.asText())))
        .containsExactly(Duration.ofDays(9), Duration.ofDays(45));
  }
}
