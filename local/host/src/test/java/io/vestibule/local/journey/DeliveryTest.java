package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Staff and systems are told of what comes in, and of its end. */
class DeliveryTest extends Journey {

  private static final String STAFF = "owner@business.example";

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffMail", STAFF, "MailsPerMailboxAndDay", "20");
  }

  @Override
  protected Optional<Path> targets() {
    return Optional.of(Path.of("..", "targets"));
  }

  @Test
  @Tag("check")
  void twoMessagesAreToldEachByItselfAndThenTheErasure() throws Exception {
    var ada = somebody();
    var first = ada.becomesACustomer(Map.of("message", "The first"));
    var second = ada.becomesACustomer(Map.of("message", "The second"));
    host.drain(LIMIT);

    var customer = calls("submission.confirmed", ada).getFirst().at("/data/customer").asText();
    assertThat(calls("submission.confirmed", ada))
        .extracting(it -> it.at("/data/number").asText())
        .containsExactly(number(first), number(second));
    var mail = staffMails(first).getFirst();
    assertThat(mail.path("subject").asText()).isEqualTo("New: Contact us · " + number(first));
    assertThat(mail.path("text").asText()).contains("The first").doesNotContain("The second");
    assertThat(mail.path("replyTo").toString()).contains(ada.address);
    assertThat(staffMails(second)).hasSize(1);

    var erasure = Requests.asked(this, ada, "erase");
    clock.advance(Duration.ofMinutes(2));
    host.runDueSchedules();
    host.drain(LIMIT);
    erasure.settled();

    assertThat(calls("customer.erased"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.at("/data/customer").asText()).isEqualTo(customer);
              assertThat(it.at("/data/numbers")).hasSize(2);
            });
    assertThat(mails(STAFF).getLast().path("text").asText())
        .contains(number(first), number(second));
    var receipt = Json.MAPPER.readTree(erasure.file("receipt.json").body());
    assertThat(receipt.path("passedOn"))
        .extracting(it -> it.path("recipient").asText() + " " + it.path("answer").asText())
        .containsExactly("demo told", "staff told");
    assertThat(erasure.page().body())
        .contains("in its own mailbox", "They know your: E-mail, Message, Name.");
  }

  /** A version that knew no recipients, and was rolled back to, tells nobody. */
  @Test
  void whoWasErasedMeanwhileByAVersionThatToldNobodyIsToldByAPersonsOrder() throws Exception {
    var delivery = new Backups(host);
    var ada = somebody();
    var id = ada.becomesACustomer(Map.of());
    var bob = somebody();
    bob.becomesACustomer(Map.of());
    Requests.asked(this, ada, "erase").settled();
    tables.clear("deliveries");

    var answer = delivery.returns("DeliverFunction", Map.of("follow", "erasures"));
    clock.advance(Duration.ofMinutes(2));
    delivery.returns("DeliverFunction", Map.of());

    assertThat(answer.path("added").asInt()).isEqualTo(2);
    assertThat(calls("customer.erased"))
        .filteredOn(it -> it.at("/data/numbers/0").asText().equals(number(id)))
        .hasSize(1);
    assertThat(
            delivery.returns("DeliverFunction", Map.of("follow", "erasures")).path("added").asInt())
        .isZero();
  }

  private List<JsonNode> calls(String type, Person person) throws Exception {
    return calls(type).stream()
        .filter(it -> it.at("/data/fields/email").asText().equals(person.address))
        .toList();
  }

  private List<JsonNode> calls(String type) throws Exception {
    return get("/_local/partners/demo")
        .valueStream()
        .map(it -> it.path("body").asText())
        .map(DeliveryTest::json)
        .filter(it -> it.path("type").asText().equals(type))
        .toList();
  }

  private List<JsonNode> staffMails(String id) throws Exception {
    return mails(STAFF).stream()
        .filter(it -> it.path("subject").asText().contains(number(id)))
        .toList();
  }

  private List<JsonNode> mails(String to) throws Exception {
    return get("/_local/mail")
        .valueStream()
        .filter(it -> it.path("to").toString().contains(to))
        .toList();
  }

  private static String number(String id) {
    return EntryNumber.of(new RowId(id)).value();
  }

  private JsonNode get(String path) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(host.uri().resolve(path)).build();
      return json(http.send(request, BodyHandlers.ofString()).body());
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (java.io.IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
