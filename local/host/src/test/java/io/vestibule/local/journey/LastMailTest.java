package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Once what somebody asked for is done, one last mail says so, and then their address goes. */
class LastMailTest extends Journey {

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @AfterEach
  void resume() {
    host.operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName("mail-limits")
                    .key(Map.of("key", AttributeValue.fromS("breaker"))));
  }

  @Test
  void whoIsErasedIsToldWithTheReceiptThatNoMoreMailComes() throws Exception {
    var ada = customer();

    var request = Requests.asked(this, ada, "erase").woken();

    var last = ada.newestMail();
    assertThat(last.subject()).endsWith("has erased your data");
    assertThat(last.text()).contains("This is our last mail to you");
    assertThat(ada.get(ada.link()).body()).contains("Your data has been erased");
    assertThat(ada.link().getPath()).isEqualTo(request.link().getPath());
    assertThat(request.row()).doesNotContainKeys("sealed", "notify", "open", "emailIndex");
  }

  @Test
  void whoTookAConsentBackIsToldWithTheReceipt() throws Exception {
    var ada = customer();

    Requests.asked(this, ada, "withdraw");

    assertThat(ada.newestMail().subject()).startsWith("Your consent to");
    assertThat(ada.newestMail().text()).doesNotContain("last mail");
    assertThat(ada.get(ada.link()).body()).contains("Your consent is withdrawn");
  }

  @Test
  void whoAskedForACopyIsToldWithoutALink() throws Exception {
    var ada = customer();

    var request = Requests.asked(this, ada, "access");

    assertThat(ada.newestMail().subject()).startsWith("Your copy of what");
    assertThat(ada.newestMail().text()).doesNotContain("/requests/");
    assertThat(request.row()).doesNotContainKeys("sealed", "notify", "open");
    assertThat(request.page().body()).contains("What is held about you");
  }

  @Test
  void whoMustBeKeptIsToldThatNothingWasErased() throws Exception {
    var ada = customer();
    var number = new Records(host).customerId(ada.address);
    var hold = Map.of("customer", number, "ground", "Retention of invoices");
    new Backups(host).returns("DeletionFunction", Map.of("hold", hold));

    Requests.asked(this, ada, "erase");

    assertThat(ada.newestMail().subject()).endsWith("has to keep your data for now");
    assertThat(ada.newestMail().text()).doesNotContain("Retention of invoices", "last mail");
  }

  @Test
  void whoDisownsARequestGetsNoOtherMail() throws Exception {
    var ada = customer();
    ada.asks("erase");
    int before = ada.mails().size();

    ada.presses(ada.link(), Map.of("answer", "disowned"));
    host.drain(LIMIT);

    assertThat(ada.mails()).hasSize(before);
  }

  @Test
  void whatIsDoneWhileMailIsStoppedIsToldWhenItGoesOn() throws Exception {
    var ada = customer();
    var request = askedWhileMailIsStopped(ada, "access");
    assertThat(request.row()).containsKeys("notify", "open").doesNotContainKey("sealed");
    int before = ada.mails().size();

    resume();
    reconcileAfter(Duration.ofMinutes(16));

    assertThat(ada.mails()).hasSize(before + 1);
    assertThat(request.row()).doesNotContainKeys("notify", "open");
  }

  @Test
  void afterADayTheAddressGoesAndNobodyIsTold() throws Exception {
    var ada = customer();
    var requests =
        List.of(askedWhileMailIsStopped(ada, "access"), askedWhileMailIsStopped(ada, "withdraw"));
    int before = ada.mails().size();

    reconcileAfter(Duration.ofHours(25));

    assertThat(requests)
        .allSatisfy(it -> assertThat(it.row()).doesNotContainKeys("notify", "open", "sealed"));
    assertThat(host.logs().get("ReconcileFunction"))
        .anyMatch(line -> line.contains("LastMailUnsent"));
    resume();
    reconcileAfter(Duration.ofHours(1));
    assertThat(ada.mails()).hasSize(before);
  }

  @Test
  void anErasureTakesTheAddressOfACopyWhoseSenderIsNotToldYet() throws Exception {
    var ada = customer();
    ada.asks("erase");
    var link = ada.link();
    var copy = askedWhileMailIsStopped(ada, "access");

    ada.presses(link);
    host.drain(LIMIT);

    assertThat(copy.status()).isEqualTo("ERASED");
    assertThat(copy.row()).doesNotContainKeys("notify", "open", "emailIndex");
  }

  /** The version before answers so: nothing is owed, and nobody is woken. */
  @Test
  void whatWasAnsweredWithoutALastMailStaysAsItIs() throws Exception {
    var ada = customer();
    var request = Requests.asked(this, ada, "withdraw");
    var before = request.row();
    int mails = ada.mails().size();

    reconcileAfter(Duration.ofHours(1));

    assertThat(request.row()).isEqualTo(before);
    assertThat(ada.mails()).hasSize(mails);
  }

  private Person customer() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    return ada;
  }

  /** Its first mail is out before the stop. */
  private Requests askedWhileMailIsStopped(Person person, String kind) throws Exception {
    resume();
    var id = Person.json(person.asks(Map.of("kind", kind))).path("id").asText();
    var link = person.link(id);
    var stop =
        Map.of(
            "key", AttributeValue.fromS("breaker"),
            "version", AttributeValue.fromN("1"),
            "openedAt", AttributeValue.fromS(Timestamp.of(clock.instant())));
    host.operator().dynamoDb().putItem(put -> put.tableName("mail-limits").item(stop));
    person.presses(link);
    host.drain(LIMIT);
    return new Requests(this, person, id, link);
  }

  private void reconcileAfter(Duration time) throws Exception {
    clock.advance(time);
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);
  }
}
