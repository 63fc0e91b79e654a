package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody writes more than once: each time stays, is told, and goes with everything else. */
class EntriesTest extends Journey {

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @Test
  @Tag("check")
  void twoMessagesAreTwoEntriesBothInTheCopyAndBothGoneAfterTheErasure() throws Exception {
    var ada = somebody();
    var first = ada.becomesACustomer(Map.of("message", "The first", "consent.newsletter", "v1"));
    var second = ada.becomesACustomer(Map.of("message", "The second"));
    var customerId = new Records(host).customerId(ada.address);
    assertThat(entries(customerId)).hasSize(2);

    var access = Requests.asked(this, ada, "access");
    var copy = Json.MAPPER.readTree(access.file("copy.json").body());
    assertThat(copy.path("entries")).hasSize(2);
    isTold(copy.at("/entries/0"), second, "The second");
    isTold(copy.at("/entries/1"), first, "The first");
    assertThat(copy.at("/entries/0/consents")).isEmpty();
    assertThat(copy.at("/entries/1/consents/newsletter/version").asText()).isEqualTo("v1");
    assertThat(access.page().body()).contains("“The first”", "“The second”", number(first));

    var erasure = Requests.asked(this, ada, "erase").woken();
    assertThat(entries(customerId)).isEmpty();
    var receipt = Json.MAPPER.readTree(erasure.file("receipt.json").body());
    assertThat(receipt.path("erased"))
        .filteredOn(it -> it.path("where").asText().equals("entries"))
        .singleElement()
        .satisfies(it -> assertThat(it.path("count").asInt()).isEqualTo(2));
    assertThat(erasure.page().body()).contains("by itself (2)");
  }

  @Test
  void theNumberIsToldAtOnceAndInTheMail() throws Exception {
    var ada = somebody();
    var answer = Person.json(ada.posts(Map.of()));

    var number = number(answer.path("id").asText());
    assertThat(answer.path("number").asText()).isEqualTo(number);
    assertThat(ada.newestMail().text()).contains(number);
    assertThat(ada.newestMail().html()).contains(number);
    assertThat(Person.json(ada.asks(Map.of("kind", "access"))).has("number")).isFalse();
  }

  private static void isTold(JsonNode entry, String id, String message) {
    assertThat(entry.path("number").asText()).isEqualTo(number(id));
    assertThat(entry.path("form").asText()).isEqualTo("contact");
    assertThat(entry.at("/fields/message").asText()).isEqualTo(message);
  }

  private static String number(String id) {
    return EntryNumber.of(new RowId(id)).value();
  }

  @Test
  void aSecondScoreLeavesTheFirst() throws Exception {
    var ada = somebody();
    for (int score : new int[] {3, 9}) {
      ada.rates(score);
    }

    assertThat(new Records(host).value(ada.address, "score")).isEqualTo("9");
    assertThat(new Records(host).entries(ada.address))
        .extracting(it -> it.fields().path("score").asInt())
        .containsExactly(3, 9);
  }

  @Test
  void aWithdrawalLeavesEntriesAsTheyAre() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    var before = entries(new Records(host).customerId(ada.address));

    Requests.asked(this, ada, Map.of("kind", "withdraw", "purpose", "marketing"));

    assertThat(entries(new Records(host).customerId(ada.address))).isEqualTo(before);
  }

  /** An attack: with PutItem on entries, a copy would tell less, or what nobody wrote. */
  @Test
  void whoseEntrySomebodyElseWroteGetsNoCopyThatPassesForEverything() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var item = new HashMap<>(entries(new Records(host).customerId(ada.address)).getFirst());
    item.put("ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1})));
    tables.put("entries", List.of(item));

    var request = Requests.asked(this, ada, "access");

    assertThat(tables.status(request.id())).isEqualTo("HELD unreadable");
    assertThat(host.logs().toString()).contains("entry-unreadable");
  }

  private List<Map<String, AttributeValue>> entries(String customerId) {
    return tables.items("entries").stream()
        .filter(item -> Tables.text(item, "customerId").equals(customerId))
        .toList();
  }
}
