package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.core.Pause;
import io.vestibule.local.account.Account;
import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same template and functions, with an emulator that others wrote in the place of AWS. */
@Tag("slow")
class OutsideEmulatorTest {

  private final MovableClock clock = new MovableClock();

  @BeforeAll
  static void motoIsThere() {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
  }

  @Test
  void theWholeWayGoesAgainstMotoTooInboxIncluded() throws Exception {
    try (var moto = MotoServer.start();
        var host = start(moto)) {
      var ada = new Person(host, "ada@example.net");
      var id = ada.becomesACustomer(Map.of("name", "Ada Lovelace"));

      assertThat(new Tables(host).status(id)).isEqualTo("DONE");
      assertThat(new Records(host).value(ada.address, "name")).isEqualTo("Ada Lovelace");
    }
  }

  @Test
  void aSecondRunReadsChangesAndErasesWhatTheFirstHasStored() throws Exception {
    try (var moto = MotoServer.start()) {
      String id;
      try (var first = start(moto)) {
        id = new Person(first, "ada@example.net").becomesACustomer(Map.of("name", "Ada"));
        new Person(first, "bob@example.net").becomesACustomer(Map.of("name", "Bob"));
      }

      try (var second = start(moto)) {
        var records = new Records(second);
        var ada = new Person(second, "ada@example.net");
        second.drain(Patience.LIMIT); // The streams are read from their beginning once more.
        assertThat(new Tables(second).status(id)).isEqualTo("DONE");
        assertThat(records.value(ada.address, "name")).isEqualTo("Ada");
        assertThat(records.version(ada.address)).isEqualTo(1);

        ada.becomesACustomer(Map.of("name", "Ada Lovelace"));
        assertThat(records.value(ada.address, "name")).isEqualTo("Ada Lovelace");

        ada.asks("erase");
        ada.presses(ada.link());
        second.drain(Patience.LIMIT);
        clock.advance(Duration.ofSeconds(61)); // Until then somebody could be at work.
        new Backups(second).returns("ReconcileFunction", Map.of());
        second.drain(Patience.LIMIT);
        assertThat(records.isKnown(ada.address)).isFalse();
        assertThat(records.value("bob@example.net", "name")).isEqualTo("Bob");
      }
    }
  }

  private LocalHost start(MotoServer moto) throws IOException {
    return LocalHost.start(
        new Options(
            Journey.TEMPLATE,
            0,
            clock,
            Pause.REAL,
            Optional.of(moto.endpoint()),
            Map.of(),
            Account.PATIENT,
            Optional.empty(),
            Options.Schedules.WHEN_ASKED,
            line -> {}));
  }
}
