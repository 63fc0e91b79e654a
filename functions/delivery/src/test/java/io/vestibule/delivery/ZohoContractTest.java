package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.kind.PartnerServer;
import io.vestibule.local.partners.ZohoCrm;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The kind {@code zoho} and our emulator of Zoho CRM. */
class ZohoContractTest extends KindContract {

  private PartnerServer server;
  private ZohoCrm crm;

  @BeforeAll
  void listen() throws IOException {
    server = new PartnerServer();
    crm =
        new ZohoCrm(
            new Organisation("1000.C", "s3cret", "1000.r", server.url().toString()), office.clock);
    server.be(crm::answer);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void nothingOfAnybodyIsLeft() {
    assertThat(crm.records("Leads")).isEmpty();
    assertThat(crm.recycled("Leads")).isEmpty();
  }

  @Override
  String file() {
    return """
    {"kind": "zoho", "zoho": {"dataCentre": "eu", "here": "%s",
       "constants": {"Last_Name": "-", "Company": "-"}},
     "fields": {"email": "Email", "name": "Last_Name", "message": "Description"}%s}
    """
        .formatted(server.url(), Office.MARKETING);
  }

  @Override
  String secret() {
    return "{\"client\": \"1000.C\", \"clientSecret\": \"s3cret\", \"refreshToken\": \"1000.r\"}";
  }
}
