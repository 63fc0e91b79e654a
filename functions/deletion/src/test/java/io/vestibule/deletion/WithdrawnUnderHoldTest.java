package io.vestibule.deletion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CopyCipher;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Destination;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownEntries;
import io.vestibule.store.StreamChange;
import io.vestibule.store.people.Entries;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What hangs on a consent that is withdrawn stays as long as a legal hold does, and no longer. */
class WithdrawnUnderHoldTest extends DeletionAccount {

  private static final String GROUND = "A lawsuit";

  @Test
  void aHoldThatComesBetweenAWithdrawalAndItsEntriesKeepsAll() throws Exception {
    var number = agreed("between@example.net");
    var read = customer("between@example.net");
    var withdrawn = read.record().withdraw("", clock.instant());
    hold(number);

    assertThat(new KnownEntries(parts.entries, parts.identities).endWithdrawn(read, withdrawn))
        .isFalse();

    assertThat(kept("between@example.net")).isTrue();
  }

  @Test
  void whatIsWithdrawnUnderAHoldIsKeptAndTheReceiptSaysSo() throws Exception {
    var number = agreed("kept@example.net");
    hold(number);

    var receipt = withdraw("kept@example.net");

    assertThat(kept("kept@example.net")).isTrue();
    assertThat(receipt).contains("\"what\":\"EVIDENCE\"", "\"what\":\"HOLD\"", GROUND);
  }

  @Test
  void whoHasNoHoldIsToldOfNone() throws Exception {
    agreed("free@example.net");

    assertThat(withdraw("free@example.net")).contains("EVIDENCE").doesNotContain("HOLD");

    assertThat(kept("free@example.net")).isFalse();
  }

  @Test
  @Tag("slow")
  void whatWasWithdrawnUnderAHoldGoesFromEntriesWithTheHold() throws Exception {
    var number = agreed("lifted@example.net");
    hold(number);
    withdraw("lifted@example.net");
    hold(number);
    assertThat(kept("lifted@example.net")).as("by another ground").isTrue();

    order("lift", Map.of("customer", number));

    assertThat(kept("lifted@example.net")).isFalse();
  }

  /** Somebody whose message is kept by a consent alone. */
  private String agreed(String address) throws Exception {
    var number = people.becomesACustomer(address);
    var cipher = customer(address).cipher();
    var row = Entries.row(entry(number));
    var had = cipher.decrypt(row);
    var hanging = new TreeMap<>(Map.of("message", "marketing"));
    var hangs =
        new EntryRecord(
            had.fields(),
            had.consents(),
            hanging,
            had.language(),
            had.source(),
            had.optsOut(),
            had.flags(),
            had.synthetic(),
            had.unknown());
    var next =
        cipher.encrypt(hangs, row.entryId(), row.form(), row.formVersion(), row.receivedAt());
    var item = new HashMap<>(entry(number));
    item.put("ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(next.ciphertext())));
    account.operator().dynamoDb().putItem(put -> put.tableName("entries").item(item));
    return number;
  }

  private boolean kept(String address) throws Exception {
    var customer = customer(address);
    var record = customer.cipher().decrypt(Entries.row(entry(customer.customerId())));
    return record.fields().has("message");
  }

  private Map<String, AttributeValue> entry(String customerId) {
    return items("entries").stream()
        .filter(it -> text(it, "customerId").equals(customerId))
        .findFirst()
        .orElseThrow();
  }

  private KnownCustomer customer(String address) throws Exception {
    return parts.customers.find(people.index(address)).orElseThrow();
  }

  private void hold(String customerId) {
    order("hold", Map.of("customer", customerId, "ground", GROUND));
  }

  private void order(String order, Map<String, String> what) {
    wiring.carryOutOrder.run(
        Json.MAPPER.valueToTree(Map.of(order, what)), "test-" + System.nanoTime());
  }

  private String withdraw(String address) throws Exception {
    var request = people.asks(address, Kind.WITHDRAW);
    var token = people.linkTokens().of(request);
    var item = people.item(Destination.DELETION, request.id());
    wiring.followRequests.follow(new StreamChange.Written(item), () -> false);
    var receipt = requireNonNull(request(request.id().value()).get("receipt")).b().asByteArray();
    return Json.MAPPER
        .readTree(CopyCipher.ofReceipt(token, request.id()).decrypt(receipt, 0, 2))
        .toString();
  }
}
