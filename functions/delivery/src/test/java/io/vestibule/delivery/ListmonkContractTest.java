package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.kind.PartnerServer;
import io.vestibule.local.partners.ListmonkServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The kind {@code listmonk} and our emulator of listmonk. */
class ListmonkContractTest extends KindContract {

  private PartnerServer server;
  private ListmonkServer listmonk;

  @BeforeAll
  void listen() throws IOException {
    server = new PartnerServer();
    listmonk = new ListmonkServer("vestibule:0123");
    server.be(listmonk::answer);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void nothingOfAnybodyIsLeft() {
    assertThat(listmonk.subscribers()).isEmpty();
  }

  @Override
  String file() {
    return """
    {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [1]},
     "fields": {"email": "email", "name": "name"}%s}
    """
        .formatted(server.url(), Office.MARKETING);
  }

  @Override
  String secret() {
    return "{\"keys\": [\"vestibule:0123\"]}";
  }
}
