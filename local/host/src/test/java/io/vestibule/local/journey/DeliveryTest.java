package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.local.Main;
import io.vestibule.store.delivery.Deliveries;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Staff and systems are told of what comes in, and of its end. */
class DeliveryTest extends Journey {

  private static final String STAFF = "owner@business.example";

  /** Told of everything. */
  private static final String CRM = "crm";

  /** Told of those who agreed. */
  private static final String NEWS = "news";

  @TempDir private static Path folder;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffMail", STAFF, "MailsPerMailboxAndDay", "20");
  }

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(folder, CRM, "\"ground\": \"processor\", \"country\": \"FR\"");
    Partners.write(folder, NEWS, "\"purpose\": \"marketing\"");
    return Optional.of(folder);
  }

  @Test
  @Tag("check")
  void twoMessagesAreToldEachByItselfAndThenTheErasure() throws Exception {
    var ada = somebody();
    var first = ada.becomesACustomer(Map.of("message", "The first"));
    var second = ada.becomesACustomer(Map.of("message", "The second"));
    host.drain(LIMIT);

    assertThat(numbers(CRM, ada)).containsExactly(number(first), number(second));
    var mail = staffMails(first).getFirst();
    assertThat(mail.path("subject").asText()).isEqualTo("New: Contact us · " + number(first));
    assertThat(mail.path("text").asText()).contains("The first").doesNotContain("The second");
    assertThat(mail.path("replyTo").toString()).contains(ada.address);
    assertThat(staffMails(second)).hasSize(1);

    var erasure = Requests.asked(this, ada, "erase");
    deliver(Duration.ofMinutes(2));
    erasure.woken();

    assertThat(of("customer.erased", number(first)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.at("/data/customer").asText()).isEqualTo(customer(ada));
              assertThat(it.at("/data/numbers")).hasSize(2);
            });
    assertThat(mails(STAFF).getLast().path("text").asText())
        .contains(number(first), number(second));
    var receipt = Json.MAPPER.readTree(erasure.file("receipt.json").body());
    assertThat(receipt.path("passedOn"))
        .allSatisfy(
            it -> {
              assertThat(it.path("answer").asText()).isEqualTo("told");
              assertThat(it.path("askedAt").asText()).isNotEmpty();
              assertThat(it.path("answeredAt").asText()).isNotEmpty();
            })
        .extracting(it -> it.path("recipient").asText())
        .containsExactly(CRM, "staff");
    assertThat(erasure.page().body())
        .contains("crm (France)", "They know your: E-mail, Message, Name.", "to erase it.")
        .doesNotContain("passed on to nobody");
  }

  @Test
  void whoeverNeedsAConsentIsToldFromItOnUntilItIsWithdrawn() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Without"));
    var agreed = ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    var later = ada.becomesACustomer(Map.of("message", "It still stands"));
    assertThat(numbers(NEWS, ada)).containsExactly(number(agreed), number(later));

    var withdrawal = Requests.asked(this, ada, "withdraw");
    assertThat(page(withdrawal, "en")).contains("have not been told yet that your consent");
    assertThat(page(withdrawal, "de")).contains("dass Ihre Einwilligung widerrufen ist; wir");
    assertThat(page(withdrawal, "zh-Hans")).contains("我们尚未能通知对方您已撤回同意");
    var after = ada.becomesACustomer(Map.of("message", "No more"));
    deliver(Deliveries.AFTER_THE_LAST);

    assertThat(numbers(NEWS, ada)).containsExactly(number(agreed), number(later));
    assertThat(numbers(CRM, ada)).hasSize(4).endsWith(number(after));
    assertThat(new Partners(host).taken(NEWS, "consent.withdrawn"))
        .filteredOn(it -> it.at("/data/numbers").toString().contains(number(agreed)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.at("/data/numbers").valueStream().map(JsonNode::asText))
                  .containsExactlyInAnyOrder(number(agreed), number(later));
              assertThat(it.at("/data/purpose").asText()).isEmpty();
            });
    assertThat(new Partners(host).taken(CRM, "consent.withdrawn"))
        .as("nothing that it knows stood on a consent")
        .isEmpty();
    assertThat(withdrawal.page().body())
        .contains("Your consent is withdrawn", NEWS, "crm (France)", "No. 2, in the place of")
        .contains("that your consent is withdrawn.")
        .doesNotContain("passed on to nobody", "have not been told yet");
    var receipt = Json.MAPPER.readTree(withdrawal.file("receipt.json").body());
    assertThat(receipt.path("serial").asInt()).isEqualTo(2);
    assertThat(receipt.path("passedOn").valueStream())
        .map(it -> it.path("recipient").asText() + " " + it.path("answer").asText())
        .containsExactly("crm ", "news withdrawn", "staff ");
    assertThat(withdrawal.row()).doesNotContainKey("awaits");
  }

  /** The table of recipients is read before the withdrawal is committed: who is told in between? */
  @Test
  void whoWasToldWhileAWithdrawalWasCommittedIsInALaterReceipt() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Hello"));
    var withdrawal = Requests.asked(this, ada, "withdraw");
    assertThat(passedOn(withdrawal)).containsExactly("crm ", "staff ");
    var row = new HashMap<String, AttributeValue>();
    row.put("customerId", AttributeValue.fromS(new Records(host).customerId(ada.address)));
    row.put("target", AttributeValue.fromS(NEWS));
    row.put("since", AttributeValue.fromS(Timestamp.of(clock.instant())));
    tables.put("recipients", List.of(row));

    deliver(Deliveries.AFTER_THE_LAST);

    assertThat(passedOn(withdrawal)).containsExactly("crm ", "news withdrawn", "staff ");
    assertThat(withdrawal.row()).doesNotContainKey("awaits");
  }

  @Test
  void aWithdrawalOfWhichNobodyNeedsToBeToldIsKeptNoLongerThanAnyRequest() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Hello"));
    var withdrawal = Requests.asked(this, ada, "withdraw");

    deliver(Deliveries.AFTER_THE_LAST);

    assertThat(passedOn(withdrawal)).containsExactly("crm ", "staff ");
    assertThat(withdrawal.row()).doesNotContainKey("awaits");
  }

  private static List<String> passedOn(Requests request) throws Exception {
    return Json.MAPPER
        .readTree(request.file("receipt.json").body())
        .path("passedOn")
        .valueStream()
        .map(it -> it.path("recipient").asText() + " " + it.path("answer").asText())
        .toList();
  }

  /** What was answered then says nothing of what is withdrawn now. */
  @Test
  void anAnswerToAnEarlierWithdrawalIsNoneToALaterOne() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    Requests.asked(this, ada, "withdraw");
    deliver(Deliveries.AFTER_THE_LAST);
    clock.advance(Duration.ofDays(2));
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));

    var later = Requests.asked(this, ada, "withdraw");

    var first = Json.MAPPER.readTree(later.file("receipt.json").body());
    assertThat(first.at("/passedOn/1/pending").asBoolean()).isTrue();
    assertThat(first.at("/passedOn/1").has("answer")).isFalse();
    deliver(Deliveries.AFTER_THE_LAST);
    var second = Json.MAPPER.readTree(later.file("receipt.json").body());
    assertThat(second.at("/passedOn/1/answer").asText()).isEqualTo("withdrawn");
    assertThat(second.at("/passedOn/1/askedAt").asText())
        .isGreaterThan(first.path("issuedAt").asText());
  }

  @Test
  void theCopySaysWhoWasToldWhatInEachLanguage() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1", "phone", "+49 30 123456"));

    var access = Requests.asked(this, ada, "access");

    var copy = Json.MAPPER.readTree(access.file("copy.json").body());
    assertThat(copy.path("recipients").valueStream().map(JsonNode::asText))
        .containsExactly(CRM, NEWS, "staff");
    assertThat(copy.path("passedOn"))
        .hasSize(3)
        .allSatisfy(
            it -> {
              assertThat(it.path("fields").valueStream().map(JsonNode::asText))
                  .containsExactly("email", "message", "name", "phone");
              assertThat(it.path("since").asText()).isNotEmpty();
              assertThat(it.has("answer")).isFalse();
            });
    assertThat(copy.at("/passedOn/0/country").asText()).isEqualTo("FR");
    assertThat(page(access, "en")).contains("crm (France)", "They know your: E-mail, Message");
    assertThat(page(access, "de")).contains("crm (Frankreich)", "Dort bekannt: E-Mail, ");
    assertThat(page(access, "zh-Hans")).contains("crm（法国）", "对方知道您的：");
  }

  @Test
  void whoIsUnderAHoldIsToldWhoKnowsThem() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    var hold = Map.of("customer", number, "ground", "Retention of invoices");
    new Backups(host).returns("DeletionFunction", Map.of("hold", hold));

    var erasure = Requests.asked(this, ada, "erase");
    deliver(Duration.ofMinutes(2));

    assertThat(erasure.page().body())
        .contains("crm (France)", "They know your: E-mail, Message, Name.")
        .doesNotContain("passed on to nobody", "to erase it");
    assertThat(new Partners(host).taken(CRM, "customer.erased"))
        .extracting(it -> it.at("/data/customer").asText())
        .doesNotContain(customer(ada));
  }

  /** A version that knew no recipients, and was rolled back to, tells nobody. */
  @Test
  void whoWasErasedMeanwhileByAVersionThatToldNobodyIsToldByAPersonsOrder() throws Exception {
    var delivery = new Backups(host);
    var ada = somebody();
    var id = ada.becomesACustomer(Map.of());
    Requests.asked(this, ada, "erase").woken();
    tables.clear("deliveries");

    var answer = delivery.returns("DeliverFunction", Map.of("follow", "erasures"));
    deliver(Duration.ofMinutes(2));

    assertThat(answer.path("added").asInt()).isEqualTo(2);
    assertThat(of("customer.erased", number(id))).hasSize(1);
    var again = delivery.returns("DeliverFunction", Map.of("follow", "erasures"));
    assertThat(again.path("added").asInt()).isZero();
  }

  /** The other side of it: {@link UntoldTest}. */
  @Test
  void whoConfirmsIsPromisedWhatStaffCanKeep() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    var link = ada.link();

    var pressed = ada.presses(link);
    var first = ada.get(link.resolve(pressed.headers().firstValue("Location").orElseThrow()));
    host.drain(LIMIT);
    var second = ada.get(link);

    assertThat(first.body() + second.body()).contains("has what you entered", "two working days");
    assertThat(Main.untold(host)).isEmpty();
  }

  private void deliver(Duration later) throws Exception {
    clock.advance(later);
    new Backups(host).returns("DeliverFunction", Map.of());
    host.drain(LIMIT);
  }

  private static String page(Requests request, String language) throws Exception {
    var link = request.link().toString().replaceFirst("lang=[^&]*", "lang=" + language);
    return request.person().get(URI.create(link)).body();
  }

  private Stream<JsonNode> confirmed(String target, Person person) throws Exception {
    return new Partners(host)
        .taken(target, "submission.confirmed").stream()
            .filter(it -> it.at("/data/fields/email").asText().equals(person.address));
  }

  private List<String> numbers(String target, Person person) throws Exception {
    return confirmed(target, person).map(it -> it.at("/data/number").asText()).toList();
  }

  private String customer(Person person) throws Exception {
    return confirmed(CRM, person).findFirst().orElseThrow().at("/data/customer").asText();
  }

  private List<JsonNode> of(String type, String number) throws Exception {
    return new Partners(host)
        .taken(CRM, type).stream()
            .filter(it -> it.at("/data/numbers").toString().contains(number))
            .toList();
  }

  private List<JsonNode> staffMails(String id) throws Exception {
    return mails(STAFF).stream()
        .filter(it -> it.path("subject").asText().contains(number(id)))
        .toList();
  }

  private List<JsonNode> mails(String to) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(host.uri().resolve("/_local/mail")).build();
      return Json.MAPPER
          .readTree(http.send(request, BodyHandlers.ofString()).body())
          .valueStream()
          .filter(it -> it.path("to").toString().contains(to))
          .toList();
    }
  }

  private static String number(String id) {
    return EntryNumber.of(new RowId(id)).value();
  }
}
