package io.vestibule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import io.vestibule.local.partners.ZohoCrm;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An organisation of Zoho CRM. */
record ZohoHouse(URI url, ZohoCrm crm) implements House {

  ZohoHouse(URI url, Clock clock) {
    this(url, new ZohoCrm(new Organisation("1000.C", "s3cret", "1000.r", url.toString()), clock));
  }

  @Override
  public PartnerAnswer answer(PartnerCall call) {
    return crm.answer(call);
  }

  @Override
  public String file(String fields, String more) {
    return """
    {"kind": "zoho", "zoho": {"dataCentre": "eu", "here": "%s",
       "constants": {"Last_Name": "-", "Company": "-"}},
     "fields": {"email": "Email", "name": "Last_Name", %s}%s%s}
    """
        .formatted(url, fields, Office.MARKETING, more);
  }

  @Override
  public String secret() {
    return "{\"client\": \"1000.C\", \"clientSecret\": \"s3cret\", \"refreshToken\": \"1000.r\"}";
  }

  @Override
  public List<JsonNode> records() {
    return Stream.of(crm.records("Leads"), crm.recycled("Leads")).flatMap(List::stream).toList();
  }

  @Override
  public void add(String address) {
    crm.add("Leads", Map.of("Last_Name", "L", "Company", "C", "Email", address, "City", "Bonn"));
  }

  @Override
  public boolean isTheirs(JsonNode record) {
    return record.path("City").asText().equals("Bonn") && !record.has("Vestibule_Id");
  }

  @Override
  public boolean isAskedAbout(JsonNode record) {
    return !crm.records("Tasks").isEmpty();
  }

  @Override
  public List<String> texts() {
    return List.of("Description", "Lead_Source");
  }

  @Override
  public PartnerAnswer refusal() {
    return new PartnerAnswer(
        202, "{\"data\":[{\"code\":\"INVALID_DATA\",\"details\":{\"api_name\":\"Description\"}}]}");
  }

  @Override
  public PartnerAnswer usedUp() {
    return new PartnerAnswer(429, "{\"code\":\"TOO_MANY_REQUESTS\",\"status\":\"error\"}");
  }

  @Override
  public void forgetTokens() {
    crm.forgetTokens();
  }

  @Override
  public void drop(String field) {
    crm.drop("Leads", field);
  }
}
