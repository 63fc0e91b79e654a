package io.vestibule.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.store.StreamChange;
import org.junit.jupiter.api.Test;

class DeletionWiringTest extends DeletionAccount {

  /** The parts that find customers by their address share the key of addresses' hashes. */
  @Test
  void anEnvironmentUnwrapsEachKeyOfTheInstallationOnce() {
    people.becomesACustomer("counted@example.net");
    var request = people.asks("counted@example.net", Kind.ACCESS);
    var item = people.item(Destination.DELETION, request.id());
    var cold = new DeletionWiring(Env.of(account.variables("DeletionFunction")), clock);

    try (var recording = account.calls().record()) {
      cold.followRequests.follow(new StreamChange.Written(item), () -> false);

      assertThat(recording.of("DeletionFunction"))
          .filteredOn(call -> call.operation().equals("Decrypt"))
          .flatExtracting(call -> call.accesses())
          .extracting(access -> access.encryptionContext().get("use"))
          .containsExactlyInAnyOrder("sealing", "email-index", "link", "binding", "customer");
    }
  }
}
