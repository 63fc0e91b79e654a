package io.vestibule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.MailchimpAccount;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** An audience of Mailchimp. */
record MailchimpHouse(URI url, MailchimpAccount account) implements House {

  MailchimpHouse(URI url, Clock clock) {
    this(url, new MailchimpAccount("0123-us19", "a1b2c3d4e5", clock));
  }

  @Override
  public PartnerAnswer answer(PartnerCall call) {
    return account.answer(call);
  }

  @Override
  public String file(String fields, String more) {
    return """
    {"kind": "mailchimp",
     "mailchimp": {"audience": "a1b2c3d4e5", "tags": ["Web form"], "here": "%s"},
     "fields": {"email": "EMAIL", %s}%s%s}
    """
        .formatted(url, fields, Office.MARKETING, more);
  }

  @Override
  public String secret() {
    return "{\"keys\": [\"0123-us19\"]}";
  }

  @Override
  public List<JsonNode> records() {
    return account.members();
  }

  @Override
  public void add(String address) {
    account.add(address, "Augusta");
  }

  @Override
  public boolean isTheirs(JsonNode record) {
    return text(record, "LNAME").equals("Marketing's");
  }

  @Override
  public boolean isAskedAbout(JsonNode record) {
    return record.path("status").asText().equals("unsubscribed")
        && record.path("tags").toString().contains("may you keep this contact?")
        && !record.path("tags").toString().contains("Web form");
  }

  @Override
  public List<String> texts() {
    return List.of("MESSAGE", "FNAME");
  }

  @Override
  public String text(JsonNode record, String field) {
    return record.path("merge_fields").path(field).asText("");
  }

  @Override
  public PartnerAnswer refusal() {
    return new PartnerAnswer(400, "{\"title\":\"Invalid Resource\",\"status\":400}");
  }

  @Override
  public PartnerAnswer usedUp() {
    return new PartnerAnswer(429, "{\"title\":\"Too Many Requests\",\"status\":429}");
  }
}
