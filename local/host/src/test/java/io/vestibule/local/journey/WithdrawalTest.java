package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody takes a consent back: it no longer stands, and that it was given stays on record. */
class WithdrawalTest extends Journey {

  @ParameterizedTest
  @ValueSource(strings = {"marketing", "all"})
  void theConsentNoLongerStandsAndItsEvidenceStays(String purpose) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));

    var request = Requests.asked(this, ada, Map.of("kind", "withdraw", "purpose", purpose));

    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).hasSize(1);
    assertThat(record.consents()).map(record::stands).containsExactly(false);
    assertThat(new Records(host).version(ada.address)).isEqualTo(2);
    assertThat(request.status()).isEqualTo("DONE");
    assertThat(request.row()).doesNotContainKeys("sealed", "proof", "emailIndex", "open");
    assertThat(request.page().body()).contains("Your consent is withdrawn", "GDPR, art. 7(3)");
    assertThat(actions(ada)).containsExactly("created", "withdrawn");
  }

  @Test
  void whoAgreesAgainIsAskedForNothingOld() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    Requests.asked(this, ada, "withdraw");

    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));

    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).map(record::stands).containsExactly(false, true);
  }

  @Test
  void aRedeliveredRecordWithdrawsOnce() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    var request = Requests.asked(this, ada, "withdraw");

    ada.presses(request.link());
    host.drain(LIMIT);

    assertThat(new Records(host).of(ada.address).withdrawals())
        .extracting(CustomerRecord.Withdrawal::purpose)
        .containsExactly("");
  }

  private Iterable<String> actions(Person person) {
    var number = new Records(host).customerId(person.address);
    return tables.items("audit").stream()
        .filter(item -> Tables.text(item, "customerId").equals(number))
        .map(item -> Tables.text(item, "action"))
        .toList();
  }
}
