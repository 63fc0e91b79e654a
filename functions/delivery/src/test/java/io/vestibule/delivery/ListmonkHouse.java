package io.vestibule.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.partners.ListmonkServer;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import java.net.URI;
import java.util.List;

/** A listmonk. */
record ListmonkHouse(URI url, ListmonkServer listmonk) implements House {

  ListmonkHouse(URI url) {
    this(url, new ListmonkServer("vestibule:0123"));
  }

  @Override
  public PartnerAnswer answer(PartnerCall call) {
    return listmonk.answer(call);
  }

  @Override
  public String file(String fields, String more) {
    return """
    {"kind": "listmonk", "url": "%s", "listmonk": {"lists": [1]},
     "fields": {"email": "email", "name": "name", %s}%s%s}
    """
        .formatted(url, fields, Office.MARKETING, more);
  }

  @Override
  public String secret() {
    return "{\"keys\": [\"vestibule:0123\"]}";
  }

  @Override
  public List<JsonNode> records() {
    return listmonk.subscribers();
  }

  @Override
  public void add(String address) {
    listmonk.add(address, 2, "confirmed");
  }

  @Override
  public boolean isTheirs(JsonNode record) {
    return text(record, "city").equals("Bonn") && text(record, "vestibule_id_partner").isEmpty();
  }

  @Override
  public boolean isAskedAbout(JsonNode record) {
    return record.at("/attribs/vestibule_erased").asBoolean()
        && record.path("lists").toString().contains("\"id\":1,\"subscription_status\":\"unsub")
        && record.path("lists").toString().contains("\"id\":2,\"subscription_status\":\"conf");
  }

  @Override
  public List<String> texts() {
    return List.of("question", "topic");
  }

  @Override
  public String text(JsonNode record, String field) {
    return record.path("attribs").path(field).asText("");
  }

  @Override
  public PartnerAnswer refusal() {
    return new PartnerAnswer(400, "{\"message\":\"Invalid data\"}");
  }

  @Override
  public PartnerAnswer usedUp() {
    return new PartnerAnswer(429, "{\"message\":\"Too many requests\"}");
  }
}
