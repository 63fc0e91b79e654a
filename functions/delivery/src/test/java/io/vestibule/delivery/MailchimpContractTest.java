package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.kind.PartnerServer;
import io.vestibule.local.partners.MailchimpAccount;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The kind {@code mailchimp} and our emulator of Mailchimp. */
class MailchimpContractTest extends KindContract {

  private PartnerServer server;
  private MailchimpAccount account;

  @BeforeAll
  void listen() throws IOException {
    server = new PartnerServer();
    account = new MailchimpAccount("0123-us19", "a1b2c3d4e5", office.clock);
    server.be(account::answer);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void nothingOfAnybodyIsLeft() {
    assertThat(account.members()).isEmpty();
  }

  @Override
  String file() {
    return """
    {"kind": "mailchimp", "mailchimp": {"audience": "a1b2c3d4e5", "here": "%s"},
     "fields": {"email": "EMAIL", "name": "FNAME"}%s}
    """
        .formatted(server.url(), Office.MARKETING);
  }

  @Override
  String secret() {
    return "{\"keys\": [\"0123-us19\"]}";
  }
}
