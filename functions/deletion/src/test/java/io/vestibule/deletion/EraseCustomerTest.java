package io.vestibule.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Json;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.deletion.erase.EraseCustomer.Progress;
import io.vestibule.store.Erasure;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.ErasedAddresses.Coverage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an erasure takes, in what order, and whom it spares. */
class EraseCustomerTest extends DeletionAccount {

  @Test
  void fromTheCommitOnNobodyCanReadOrStoreAnything() throws Exception {
    var number = people.becomesACustomer("ada@example.net");
    var before = clock.instant();
    var index = people.index("ada@example.net");
    clock.advance(SETTLED);

    var committed = parts.eraseCustomer.commit(index, _ -> true);

    assertThat(committed).isInstanceOf(EraseCustomer.CommitResult.Committed.class);
    assertThat(parts.customers.find(index)).isEmpty();
    assertThat(parts.rows.find(number)).isEmpty();
    assertThat(parts.erasedNumbers.find(number)).isPresent();
    var markers =
        new ErasedAddresses(
            account.operator().dynamoDb(), "mail-limits", Optional.of(people::seal));
    assertThat(markers.cover(index, before)).isEqualTo(Coverage.COVERED);
    assertThat(markers.cover(index, clock.instant().plusSeconds(1))).isEqualTo(Coverage.NONE);
    assertThat(items("audit"))
        .filteredOn(it -> text(it, "customerId").equals(number))
        .extracting(it -> text(it, "action"))
        .containsExactly("created", "erased");
  }

  /** An attack: with PutItem on mail-limits, nobody at this address could be erased any more. */
  @Test
  void aMarkerOfATimeThatHasNotComeKeepsNobodyFromBeingErased() throws Exception {
    people.becomesACustomer("marked@example.net");
    var index = people.index("marked@example.net");
    account
        .operator()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName("mail-limits")
                    .item(
                        Map.of(
                            "key", AttributeValue.fromS("erased#" + index),
                            "erasedAt", AttributeValue.fromS("2099-01-01T00:00:00.000Z"))));
    clock.advance(SETTLED);

    assertThat(parts.eraseCustomer.commit(index, _ -> true))
        .isInstanceOf(EraseCustomer.CommitResult.Committed.class);
  }

  @Test
  void whoIsNotDueAnyMoreIsKept() throws Exception {
    people.becomesACustomer("due@example.net");
    var index = people.index("due@example.net");

    assertThat(parts.eraseCustomer.commit(index, _ -> false))
        .isEqualTo(new EraseCustomer.CommitResult.Superseded());
    assertThat(parts.customers.find(index)).isPresent();
  }

  @Test
  void whoIsHeldIsKeptUntilTheHoldIsLifted() throws Exception {
    people.becomesACustomer("held@example.net");
    var index = people.index("held@example.net");
    assertThat(order("hold", Map.of("email", "held@example.net", "ground", "§ 147 AO")))
        .isEqualTo("held");

    var held = parts.eraseCustomer.commit(index, _ -> true);

    assertThat(held)
        .isInstanceOfSatisfying(
            EraseCustomer.CommitResult.OnHold.class,
            it -> assertThat(it.hold().ground()).isEqualTo("§ 147 AO"));
    assertThat(order("lift", Map.of("email", "held@example.net"))).isEqualTo("lifted");
    assertThat(parts.eraseCustomer.commit(index, _ -> true))
        .isInstanceOf(EraseCustomer.CommitResult.Committed.class);
    assertThat(order("lift", Map.of("email", "held@example.net"))).isEqualTo("unknown");
  }

  /**
   * An attack: with PutItem on customers, the row is as it was read again while a hold is written.
   */
  @Test
  void aHoldThatIsWrittenMeanwhileStandsThoughTheOldRecordIsPutBack() throws Exception {
    var number = people.becomesACustomer("put-back@example.net");
    var index = people.index("put-back@example.net");
    var before = customer(number);

    var result =
        parts.eraseCustomer.commit(
            index,
            customer -> {
              if (customer.record().hold() == null) {
                order("hold", Map.of("customer", number, "ground", "§ 147 AO"));
                account
                    .operator()
                    .dynamoDb()
                    .putItem(put -> put.tableName("customers").item(before));
              }
              return true;
            });

    assertThat(result).isInstanceOf(EraseCustomer.CommitResult.OnHold.class);
    assertThat(parts.customers.find(index)).isPresent();
  }

  private Map<String, AttributeValue> customer(String number) {
    return items("customers").stream()
        .filter(it -> text(it, "customerId").equals(number))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("slow")
  void howeverLittleTimeThereIsASweepGetsFurtherByABatch() {
    for (int row = 0; row < 25; row++) {
      people.handsIn("flood@example.net");
    }
    var request = people.asks("flood@example.net", Kind.ACCESS);
    clock.advance(SETTLED);
    var index = people.index("flood@example.net");
    var erasure = new Erasure(index, Optional.empty(), clock.instant(), Erasure.RETENTION);

    assertThat(parts.eraseCustomer.carryOut(erasure, () -> true)).isEqualTo(Progress.UNFINISHED);
    assertThat(open(index)).isEqualTo(15);
    assertThat(parts.eraseCustomer.carryOut(erasure, () -> false)).isEqualTo(Progress.DONE);

    assertThat(open(index)).isZero();
    assertThat(text(request(request.id().value()), "status"))
        .as("confirmed: it is worked on, and finds nobody")
        .isEqualTo("VERIFIED");
  }

  private long open(String index) {
    return items("submissions").stream().filter(it -> text(it, "emailIndex").equals(index)).count();
  }

  @Test
  void anOrphanIsForgottenAndWhoIsWholeIsNot() throws Exception {
    var whole = people.becomesACustomer("whole@example.net");
    var half = people.becomesACustomer("half@example.net");
    var keyless = people.becomesACustomer("keyless@example.net");
    remove("customers", "customerId", half);
    remove("identities", "emailIndex", people.index("keyless@example.net"));

    assertThat(forget(whole)).isEqualTo("whole");
    assertThat(forget(half)).isEqualTo("forgotten");
    assertThat(forget(keyless)).isEqualTo("forgotten");
    assertThat(forget(half)).as("again").isEqualTo("forgotten");
    assertThat(forget("nobody")).isEqualTo("unknown");

    assertThat(ledger()).contains(half, keyless).doesNotContain(whole);
    assertThat(items("identities").stream().map(it -> text(it, "customerId")))
        .contains(whole)
        .doesNotContain(half);
    assertThat(items("customers").stream().map(it -> text(it, "customerId")))
        .contains(whole)
        .doesNotContain(keyless);
    assertThat(items("entries").stream().map(it -> text(it, "customerId")))
        .contains(whole)
        .doesNotContain(half, keyless);
  }

  private String forget(String number) {
    return order("forget", Map.of("customer", number));
  }

  private String order(String what, Map<String, String> whom) {
    JsonNode order = Json.MAPPER.valueToTree(Map.of(what, whom));
    return wiring.carryOutOrder.run(order, "test").getOrDefault("outcome", "");
  }
}
