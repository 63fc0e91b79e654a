package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.partners.FxiaokeCrm;
import io.vestibule.local.partners.FxiaokeCrm.Enterprise;
import io.vestibule.local.partners.FxiaokeReadings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** An office whose only target is an enterprise of Fxiaoke. */
abstract class OfficeWithFxiaoke extends OfficeWithPartner {

  static final String SECRET =
      "{\"appId\": \"FSAID_1\", \"appSecret\": \"s3cret\", \"permanentCode\": \"p\"}";

  static final String FIELDS = "\"email\": \"email\", \"name\": \"name\", \"message\": \"remark\"";

  FxiaokeCrm crm;

  @BeforeEach
  final void newEnterprise() {
    office.advance(Duration.ofHours(25)); // No token of another test lives, and its day is over.
    enterprise();
    target(FIELDS, Office.GROUND);
  }

  void enterprise() {
    crm = new FxiaokeCrm(new Enterprise("FSAID_1", "s3cret", "p", "ea", "1000"), office.clock);
    server.be(crm::answer);
  }

  void target(String fields, String more) {
    target("\"user\": \"1000\", \"constants\": {\"source\": \"网站\"}", fields, more);
  }

  void target(String members, String fields, String more) {
    office.target(
        TARGET,
        """
        {"kind": "fxiaoke", "fxiaoke": {%s, "optOut": "opt_out__c", "here": "%s"},
         "fields": {%s}, "language": "zh-Hans"%s}
        """
            .formatted(members, server.url(), fields, more));
    office.secret(TARGET, SECRET);
  }

  static FxiaokeReadings readings(String reading) {
    return switch (reading) {
      case "STRICT" -> FxiaokeReadings.STRICT;
      case "DROPS" -> new FxiaokeReadings(true, true, false, false, false);
      case "SHOWS" -> new FxiaokeReadings(false, false, true, true, true);
      default -> FxiaokeReadings.KIND;
    };
  }

  static Map<String, String> ofSales(Somebody somebody) {
    return Map.of("name", "L", "company", "C", "email", somebody.email(), "city__c", "Bonn");
  }

  JsonNode lead() {
    assertThat(crm.records("LeadsObj")).hasSize(1);
    return crm.records("LeadsObj").getFirst();
  }
}
