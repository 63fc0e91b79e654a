package io.vestibule.deletion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.CopyCipher;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.DataCopy;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Deadline;
import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import io.vestibule.deletion.answer.NotAnsweredYet;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.store.StreamChange;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What people ask for is answered: by an erasure, a copy or a withdrawal, once. */
class FollowRequestsTest extends DeletionAccount {

  private static final Deadline NEVER = () -> false;

  private void follow(SubmissionRow request) {
    follow(people.item(Destination.DELETION, request.id()));
  }

  private void follow(Map<String, AttributeValue> item) {
    wiring.followRequests.follow(new StreamChange.Written(item), NEVER);
  }

  private String status(SubmissionRow request) {
    var item = request(request.id().value());
    return (text(item, "status") + " " + text(item, "reason")).strip();
  }

  @Test
  void anErasureIsCommittedCarriedOutAndAMinuteLaterAnsweredByAReceipt() throws Exception {
    var number = people.becomesACustomer("erased@example.net");
    var request = people.asks("erased@example.net", Kind.ERASE);

    follow(request);
    assertThat(status(request)).isEqualTo("ERASING");
    assertThat(items("identities")).noneMatch(it -> text(it, "customerId").equals(number));
    follow(request);
    assertThat(status(request)).as("others may be at work").isEqualTo("ERASING");
    assertThat(ledger()).contains(number);
    var token = people.linkTokens().of(request);
    clock.advance(SETTLED.plusSeconds(1));
    follow(request);

    assertThat(status(request)).isEqualTo("DONE");
    var encrypted = requireNonNull(request(request.id().value()).get("receipt"));
    var json = CopyCipher.ofReceipt(token, request.id()).decrypt(bytes(encrypted), 0, 2);
    assertThat(Json.MAPPER.readTree(json).path("outcome").asText()).isEqualTo("ERASED");
  }

  @Test
  void aCopyOpensWithTheLinkAloneAndIsMadeOnce() throws Exception {
    people.becomesACustomer("copied@example.net");
    var waiting = people.handsIn("copied@example.net");
    var request = people.asks("copied@example.net", Kind.ACCESS);
    var item = people.item(Destination.DELETION, request.id());
    var token = people.linkTokens().of(request);

    follow(item);
    var first = parts.disclosures.find(request.id(), clock.instant());
    follow(item);

    assertThat(status(request)).isEqualTo("DONE");
    assertThat(parts.disclosures.find(request.id(), clock.instant()))
        .as("of a record that comes twice")
        .usingRecursiveComparison()
        .isEqualTo(first);
    var copy =
        DataCopy.parse(
            new CopyCipher(token, request.id()).decrypt(first.getFirst(), 0, first.size()));
    assertThat(copy.values()).extracting(DataCopy.Value::field).contains("name", "message");
    assertThat(copy.consents()).hasSize(1);
    assertThat(copy.waiting()).extracting(DataCopy.Waiting::id).containsExactly(waiting.value());
  }

  @Test
  void aCopyWaitsForWhatIsJustBeingStored() {
    people.becomesACustomer("storing@example.net");
    people.confirms("storing@example.net");
    var request = people.asks("storing@example.net", Kind.ACCESS);

    assertThatExceptionOfType(NotAnsweredYet.class).isThrownBy(() -> follow(request));

    assertThat(status(request)).isEqualTo("VERIFIED");
  }

  @Test
  void aWithdrawalTakesTheConsentAndLeavesItsEvidence() throws Exception {
    people.becomesACustomer("withdraws@example.net");
    var request = people.asks("withdraws@example.net", Kind.WITHDRAW);

    follow(request);

    var customer = parts.customers.find(people.index("withdraws@example.net")).orElseThrow();
    CustomerRecord record = customer.record();
    assertThat(customer.row().version()).isEqualTo(2);
    assertThat(record.consents()).map(record::stands).containsExactly(false);
    assertThat(status(request)).isEqualTo("DONE");
  }

  @Test
  void whoIsUnknownIsToldSo() {
    for (var kind : Kind.values()) {
      var request = people.asks("unknown-%s@example.net".formatted(kind.code()), kind);

      follow(request);
      if (kind == Kind.ERASE) {
        clock.advance(SETTLED.plusSeconds(1));
        follow(request);
      }

      assertThat(status(request)).as(kind.code()).isEqualTo("DONE");
    }
  }

  @Test
  void whoeverWritesVerifiedWithoutAProofGetsNothing() {
    var number = people.becomesACustomer("victim@example.net");
    var request = people.asks("victim@example.net", Kind.ERASE);
    var item = new HashMap<>(people.item(Destination.DELETION, request.id()));
    item.put("proof", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32])));
    account.operator().dynamoDb().putItem(put -> put.tableName("requests").item(item));

    follow(item);

    assertThat(status(request)).isEqualTo("HELD forged");
    assertThat(items("identities")).anyMatch(it -> text(it, "customerId").equals(number));
  }

  /** An attack: with UpdateItem on requests, one's own erasure is turned on somebody else. */
  @Test
  void anErasureOfANumberThatTheRequestDidNotEraseIsForgedAndSignsNothing() {
    var victim = people.becomesACustomer("turned-on@example.net");
    people.becomesACustomer("attacker@example.net");
    var request = people.asks("attacker@example.net", Kind.ERASE);
    follow(request);
    assertThat(status(request)).isEqualTo("ERASING");
    var item = new HashMap<>(people.item(Destination.DELETION, request.id()));
    item.put("customerId", AttributeValue.fromS(victim));
    put(item);

    follow(request);
    clock.advance(SETTLED.plusSeconds(1));
    follow(request);

    assertThat(status(request)).isEqualTo("HELD forged");
    assertThat(request(request.id().value())).doesNotContainKey("receipt");
    assertThat(ledger()).noneMatch(it -> it.contains(victim));
  }

  /** The same, with a time at which nobody was erased: more rows would be covered by it. */
  @Test
  void anErasureOfAnotherTimeIsForged() {
    people.becomesACustomer("later@example.net");
    var request = people.asks("later@example.net", Kind.ERASE);
    follow(request);
    var item = new HashMap<>(people.item(Destination.DELETION, request.id()));
    item.put("erasedAt", AttributeValue.fromS(Timestamp.of(clock.instant().plusSeconds(5))));
    put(item);

    follow(request);

    assertThat(status(request)).isEqualTo("HELD forged");
  }

  /** The same, by a request that asks for something else. */
  @Test
  void whatDidNotAskForAnErasureCarriesNoneOut() {
    var number = people.becomesACustomer("asks-a-copy@example.net");
    var request = people.asks("asks-a-copy@example.net", Kind.ACCESS);
    var waiting = people.handsIn("asks-a-copy@example.net");
    clock.advance(SETTLED);
    var item = new HashMap<>(people.item(Destination.DELETION, request.id()));
    item.put("status", AttributeValue.fromS("ERASING"));
    item.put("erasedAt", AttributeValue.fromS(Timestamp.of(clock.instant())));
    put(item);

    follow(request);

    assertThat(status(request)).isEqualTo("HELD forged");
    assertThat(people.item(Destination.STORAGE, waiting)).containsKey("sealed");
    assertThat(ledger()).noneMatch(it -> it.contains(number));
  }

  /** An attack: with PutItem on mail-limits, an erasure waits, and whoever comes after it. */
  @Test
  void aForgedMarkerOfASoonComingTimeKeepsNoErasureWaiting() {
    people.becomesACustomer("soon@example.net");
    for (var address : List.of("soon@example.net", "soon-unknown@example.net")) {
      var request = people.asks(address, Kind.ERASE);
      mark(address, "forged", clock.instant().plus(Duration.ofMinutes(59)));

      follow(request);

      assertThat(status(request)).as(address).isEqualTo("ERASING");
      var index = people.index(address);
      assertThat(items("mail-limits"))
          .filteredOn(it -> text(it, "key").equals("erased#" + index))
          .singleElement()
          .satisfies(
              it ->
                  assertThat(text(it, "seal")).isEqualTo(people.seal(index, text(it, "erasedAt"))));
    }
  }

  /** Two requests of one person: what was handed in before the later one stays covered. */
  @Test
  void aSealedMarkerOfALaterErasureStays() {
    var address = "later-marker@example.net";
    var request = people.asks(address, Kind.ERASE);
    var later = clock.instant().plusSeconds(30);
    mark(address, people.seal(people.index(address), Timestamp.of(later)), later);

    assertThatExceptionOfType(Contended.class).isThrownBy(() -> follow(request));

    clock.advance(Duration.ofSeconds(31));
    follow(request);
    assertThat(status(request)).isEqualTo("ERASING");
  }

  private void mark(String address, String seal, Instant erasedAt) {
    var item =
        Map.of(
            "key", AttributeValue.fromS("erased#" + people.index(address)),
            "erasedAt", AttributeValue.fromS(Timestamp.of(erasedAt)),
            "seal", AttributeValue.fromS(seal));
    account.operator().dynamoDb().putItem(put -> put.tableName("mail-limits").item(item));
  }

  private void put(Map<String, AttributeValue> item) {
    account.operator().dynamoDb().putItem(put -> put.tableName("requests").item(item));
  }

  private static byte[] bytes(AttributeValue value) {
    return value.b().asByteArray();
  }
}
