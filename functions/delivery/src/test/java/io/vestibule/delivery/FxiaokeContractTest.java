package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.kind.PartnerServer;
import io.vestibule.local.partners.FxiaokeCrm;
import io.vestibule.local.partners.FxiaokeCrm.Enterprise;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The kind {@code fxiaoke} and our emulator of Fxiaoke. */
class FxiaokeContractTest extends KindContract {

  private PartnerServer server;
  private FxiaokeCrm crm;

  @BeforeAll
  void listen() throws IOException {
    server = new PartnerServer();
    crm = new FxiaokeCrm(new Enterprise("FSAID_1", "s3cret", "p", "ea", "1000"), office.clock);
    server.be(crm::answer);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void nothingOfAnybodyIsLeft() {
    assertThat(crm.records("LeadsObj")).isEmpty();
  }

  @Override
  String file() {
    return """
    {"kind": "fxiaoke", "fxiaoke": {"user": "1000", "optOut": "opt_out__c", "here": "%s"},
     "fields": {"email": "email", "name": "name", "message": "remark"}%s}
    """
        .formatted(server.url(), Office.MARKETING);
  }

  @Override
  String secret() {
    return "{\"appId\": \"FSAID_1\", \"appSecret\": \"s3cret\", \"permanentCode\": \"p\"}";
  }
}
