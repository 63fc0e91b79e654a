package io.vestibule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.FxiaokeCrm;
import io.vestibule.local.partners.FxiaokeCrm.Enterprise;
import io.vestibule.local.partners.FxiaokeReadings;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** An enterprise of Fxiaoke, that keeps what a change leaves out. */
record FxiaokeHouse(URI url, FxiaokeCrm crm) implements House {

  FxiaokeHouse {
    // Where it does not, a change whose answer gets lost has emptied what nobody knows any more.
    crm.read(new FxiaokeReadings(false, false, true, false, true));
  }

  FxiaokeHouse(URI url, Clock clock) {
    this(url, new FxiaokeCrm(new Enterprise("FSAID_1", "s3cret", "p", "ea", "1000"), clock));
  }

  @Override
  public PartnerAnswer answer(PartnerCall call) {
    return crm.answer(call);
  }

  @Override
  public String file(String fields, String more) {
    return """
    {"kind": "fxiaoke", "fxiaoke": {"user": "1000", "optOut": "opt_out__c", "here": "%s"},
     "fields": {"email": "email", "name": "name", %s}%s%s}
    """
        .formatted(url, fields, Office.MARKETING, more);
  }

  @Override
  public String secret() {
    return "{\"appId\": \"FSAID_1\", \"appSecret\": \"s3cret\", \"permanentCode\": \"p\"}";
  }

  @Override
  public List<JsonNode> records() {
    return crm.records("LeadsObj");
  }

  @Override
  public void add(String address) {
    crm.add("LeadsObj", Map.of("name", "L", "email", address, "city__c", "Bonn"));
  }

  @Override
  public boolean isTheirs(JsonNode record) {
    return record.path("city__c").asText().equals("Bonn") && !record.has("vestibule_id__c");
  }

  @Override
  public boolean isAskedAbout(JsonNode record) {
    return record.path("remark").asText().contains("may you keep this record");
  }

  @Override
  public List<String> texts() {
    return List.of("address", "company");
  }

  @Override
  public PartnerAnswer refusal() {
    return new PartnerAnswer(200, "{\"errorCode\":15002}");
  }

  @Override
  public PartnerAnswer usedUp() {
    return new PartnerAnswer(200, "{\"errorCode\":30002}");
  }

  @Override
  public void forgetTokens() {
    crm.forgetTokens();
  }

  @Override
  public void drop(String field) {
    crm.drop("LeadsObj", field);
  }
}
