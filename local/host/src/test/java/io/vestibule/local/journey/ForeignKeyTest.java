package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An insider with one right, to put rows into {@code identities}, and no right to any key: the
 * restore's. A row that ties somebody else's key to the insider's own address opens nothing.
 */
@Tag("slow")
class ForeignKeyTest extends Journey {

  private Person victim;
  private Person insider;
  private CustomerRecord record;
  private long alarms;

  @BeforeEach
  void anInsiderTiesTheVictimsKeyToTheirOwnAddress() throws Exception {
    victim = somebody();
    victim.becomesACustomer(Map.of("message", "My new number is 112"));
    insider = somebody();
    tiesToTheInsider(victim);
    record = new Records(host).of(victim.address);
    alarms = alarms();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access", "erase", "withdraw"})
  void aRequestForThatAddressDisclosesAndChangesNothing(String kind) throws Exception {
    var id = insider.asks(kind);
    var link = insider.link();
    insider.presses(link);
    host.drain(LIMIT);

    isHeldAsForged("requests", id);
    assertThat(insider.get(link).body()).doesNotContain("number is 112");
    assertThat(tables.items("disclosures")).isEmpty();
    assertThat(new Records(host).of(victim.address)).isEqualTo(record);
    assertThat(alarms()).isGreaterThan(alarms);
  }

  @Test
  void aSubmissionOfThatAddressIsNotMergedIntoTheVictim() throws Exception {
    var id = insider.submits(Map.of("message", "Mine"));
    insider.presses(insider.link());
    host.drain(LIMIT);

    isHeldAsForged("submissions", id);
    assertThat(new Records(host).of(victim.address)).isEqualTo(record);
  }

  @Test
  void theVictimIsStillServed() throws Exception {
    Requests.asked(this, victim, "erase").woken();

    assertThat(new Records(host).isKnown(victim.address)).isFalse();
  }

  /** An address that a stranger typed into another field does not make the record theirs. */
  @Test
  void anAddressInAnotherFieldProvesNothing() throws Exception {
    var careless = somebody();
    careless.becomesACustomer(Map.of("message", insider.address));
    tiesToTheInsider(careless);
    var id = insider.asks("access");
    insider.presses(insider.link());
    host.drain(LIMIT);

    isHeldAsForged("requests", id);
  }

  private void isHeldAsForged(String table, String id) {
    assertThat(tables.row(table, id))
        .containsEntry("status", AttributeValue.fromS("HELD"))
        .containsEntry("reason", AttributeValue.fromS("forged"));
  }

  private void tiesToTheInsider(Person owner) {
    var number = AttributeValue.fromS(new Records(host).customerId(owner.address));
    var identity =
        tables.items("identities").stream()
            .filter(item -> number.equals(item.get("customerId")))
            .findFirst()
            .orElseThrow();
    var forged = new HashMap<>(identity);
    forged.put("emailIndex", AttributeValue.fromS(new Records(host).emailIndex(insider.address)));
    try (var restore = as("RestoreFunction")) {
      restore.putItem(put -> put.tableName("identities").item(forged));
    }
  }

  /** How often the metric was written that the alarm watches. */
  private long alarms() {
    return host.logs().getOrDefault("DeletionFunction", List.of()).stream()
        .filter(line -> line.contains("ConfirmedHeld"))
        .count();
  }
}
