package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.core.Pause;
import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Options;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same template and functions, with an emulator that others wrote in the place of AWS. */
@Tag("slow")
class OutsideEmulatorTest {

  @Test
  void theWholeWayGoesAgainstMotoTooInboxIncluded() throws Exception {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
    try (var moto = MotoServer.start();
        var host =
            LocalHost.start(
                new Options(
                    Journey.TEMPLATE,
                    0,
                    new MovableClock(),
                    Pause.REAL,
                    Optional.of(moto.endpoint()),
                    Map.of(),
                    Map.of(),
                    Options.Schedules.WHEN_ASKED,
                    line -> {}))) {
      var ada = new Person(host, "ada@example.net");
      var id = ada.becomesACustomer(Map.of("name", "Ada Lovelace"));

      assertThat(new Tables(host).status(id)).isEqualTo("DONE");
      assertThat(new Records(host).value(ada.address, "name")).isEqualTo("Ada Lovelace");
    }
  }
}
