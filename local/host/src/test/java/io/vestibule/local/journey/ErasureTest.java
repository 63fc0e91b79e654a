package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody asks to be erased, and is, wherever they were; what is left says so, and no more. */
class ErasureTest extends Journey {

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @Test
  @Tag("check")
  void nothingIsLeftButWhatTheReceiptNames() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    var customerId = new Records(host).customerId(ada.address);
    var mailed = ada.submits(Map.of());
    var spam = ada.submits(Map.of("_gotcha", "filled in"));

    var request = Requests.asked(this, ada, "erase");

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(items("customers", "customerId", customerId)).isEmpty();
    assertThat(items("erasures", "customerId", customerId))
        .singleElement()
        .satisfies(it -> assertThat(Tables.text(it, "request")).isEqualTo(request.id()));
    var backups = new Backups(host);
    var ledger = Json.MAPPER.readTree(backups.read("ledger/" + customerId + ".json"));
    assertThat(ledger.path("request").asText()).isEqualTo(request.id());
    isEmptied(mailed);
    assertThat(request.status()).isEqualTo("ERASING");
    assertThat(request.page().body()).doesNotContain("has been erased");

    request.settled();

    assertThat(request.status()).isEqualTo("DONE");
    assertThat(request.row()).doesNotContainKeys("sealed", "proof", "emailIndex", "open");
    assertThat(request.page().body())
        .contains("Your data has been erased", "Keep this page", request.id(), customerId)
        .contains("GDPR, art. 17", "datenschutz-berlin.de");
    isEmptied(spam);
  }

  @Test
  void theReceiptNamesTheDayOnWhichTheLastCopyOfTheKeyEnds() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());

    var request = Requests.asked(this, ada, "erase").woken();

    var receipt = Json.MAPPER.readTree(request.file("receipt.json").body());
    var erasedAt = Instant.parse(receipt.path("erasedAt").asText());
    var sinceThen = Duration.between(erasedAt, Instant.parse(receipt.path("issuedAt").asText()));
    assertThat(receipt.findValues("until"))
        .map(until -> Duration.between(erasedAt, Instant.parse(until.asText())))
        .containsExactly(
            Duration.ofDays(7), Duration.ofDays(45), Duration.ofDays(33).plus(sinceThen));
    assertThat(receipt.path("passedOn")).isEmpty();
  }

  @Test
  void whatWasHandedInBeforeIsCoveredWheneverItIsPressed() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var before = ada.submits(Map.of("company", "Before"));
    var link = ada.link();
    var spam = ada.submits(Map.of("_gotcha", "filled in"));

    Requests.asked(this, ada, "erase").woken();
    var late = ada.presses(link);
    release(spam);

    assertThat(late.statusCode()).isEqualTo(410);
    isEmptied(before);
    isEmptied(spam);
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  @Test
  void whoComesBackIsSomebodyNew() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("company", "Before"));
    var before = new Records(host).customerId(ada.address);
    Requests.asked(this, ada, "erase").woken();
    clock.advance(Duration.ofSeconds(1));

    ada.becomesACustomer(Map.of());

    assertThat(new Records(host).customerId(ada.address)).isNotEqualTo(before);
    assertThat(new Records(host).values(ada.address)).doesNotContainKey("company");
    var again = Requests.asked(this, ada, "erase").woken();
    assertThat(again.status()).isEqualTo("DONE");
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  @Test
  void aRequestThatNobodyHadPressedIsCoveredToo() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var first = ada.asks("access");
    var link = ada.link();
    var second = Requests.asked(this, ada, "erase");

    assertThat(ada.presses(link).statusCode()).isEqualTo(410);
    isEmptied(first);
    assertThat(second.woken().status()).isEqualTo("DONE");
  }

  /** Its mailer was late, or dead, when the erasure looked for rows of this address. */
  @Test
  void whatIsMailedLateIsNotMailed() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    Requests.asked(this, ada, "erase").woken();
    int mails = ada.mails().size();
    clock.advance(Duration.ofMinutes(-5)); // So it came in before.

    var late = ada.submits(Map.of());
    host.drain(LIMIT);
    clock.advance(Duration.ofMinutes(5));

    isEmptied(late);
    assertThat(ada.mails()).hasSize(mails);
  }

  @Test
  void aLinkThatIsPressedAgainShowsTheReceiptAndErasesNobody() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var request = Requests.asked(this, ada, "erase").woken();
    clock.advance(Duration.ofSeconds(1));
    ada.becomesACustomer(Map.of());

    ada.presses(request.link());
    host.drain(LIMIT);

    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(request.page().body()).contains("Your data has been erased");
  }

  @Test
  void anotherRequestsFilesAreNobodyElses() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var hers = Requests.asked(this, ada, "erase").woken();
    var bob = somebody();
    bob.becomesACustomer(Map.of());
    var his = Requests.asked(this, bob, "erase").woken();
    var crossed = new Requests(this, bob, hers.id(), his.link());

    assertThat(his.file("receipt.json").statusCode()).isEqualTo(200);
    for (String name : List.of("receipt.json", "receipt.sig", "copy.json", "other")) {
      assertThat(crossed.file(name).statusCode()).as(name).isEqualTo(404);
    }
  }

  private void isEmptied(String submission) {
    var row = tables.submission(submission);
    assertThat(tables.status(submission)).isEqualTo("ERASED");
    assertThat(row).doesNotContainKeys("sealed", "proof", "emailIndex", "tokenHash", "open");
  }

  private void release(String id) throws Exception {
    new Backups(host).returns("ReconcileFunction", Map.of("release", id));
    host.drain(LIMIT);
  }

  private List<Map<String, AttributeValue>> items(String table, String key, String value) {
    return tables.items(table).stream()
        .filter(item -> Tables.text(item, key).equals(value))
        .toList();
  }
}
