package io.vestibule.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.deletion.retain.EndLeftEntries;
import io.vestibule.store.OneByOne;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an erasure has left in the table of entries goes; of anybody else, nothing does. */
class EndLeftEntriesTest extends DeletionAccount {

  private EndLeftEntries endLeftEntries;
  private int customers;

  @BeforeEach
  void wire() {
    var variables = new HashMap<>(account.variables("DeadlineFunction"));
    endLeftEntries = new DeadlineWiring(Env.of(variables), clock).dailyEntries.endLeftEntries();
    for (var item : items("entries")) {
      removeEntry(item);
    }
  }

  @Test
  void whatAVersionThatKnewOfNoEntriesHasLeftGoesAndNobodyElsesDoes() {
    var erased = customer();
    anotherEntry(erased, "contact");
    erase(erased);
    var other = customer();
    assertThat(run()).isEqualTo(2);
    assertThat(items("entries")).extracting(it -> text(it, "customerId")).containsExactly(other);
    assertThat(run()).isZero();
  }

  /** The table of keys is lost, and will be recovered: nothing says that anybody was erased. */
  @Test
  void whoHasNeitherKeyNorRecordAndWasNotErasedLosesNothing() {
    var number = customer();
    loseKey();
    remove("customers", "customerId", number);
    erase(customer()); // So that there are entries to look for.
    assertThat(run()).isEqualTo(1);
    assertThat(items("entries")).extracting(it -> text(it, "customerId")).containsExactly(number);
  }

  /** By whoever may write the table of erasures. */
  @Test
  void whoseNumberSomebodyPutsIntoErasuresLosesNothingAsLongAsThereIsAKeyOrARecord() {
    var number = customer();
    putIntoErasures(number);
    assertThat(run()).isZero();
    loseKey();
    assertThat(run()).isZero();
    assertThat(items("entries")).hasSize(1);
  }

  @Test
  void aRunWithoutTimeLeavesThemToTheNext() {
    erase(customer());
    assertThat(endLeftEntries.run(() -> true, new OneByOne())).isZero();
    assertThat(items("entries")).hasSize(1);
    assertThat(run()).isEqualTo(1);
  }

  private int run() {
    var oneByOne = new OneByOne();
    Deadline noEnd = () -> false;
    int deleted = endLeftEntries.run(noEnd, oneByOne);
    oneByOne.end();
    return deleted;
  }

  /** As the version before does: it knows the two rows, and the table of erasures. */
  private void erase(String number) {
    loseKey();
    remove("customers", "customerId", number);
    putIntoErasures(number);
  }

  private void putIntoErasures(String number) {
    var row =
        Map.of(
            "customerId", AttributeValue.fromS(number),
            "erasedAt", AttributeValue.fromS("2026-11-21T20:14:00.000Z"),
            "request", AttributeValue.fromS("r1"));
    account.operator().dynamoDb().putItem(put -> put.tableName("erasures").item(row));
  }

  /** Of the customer who came last. */
  private void loseKey() {
    remove("identities", "emailIndex", people.index(address()));
  }

  private String address() {
    return "left%d@example.net".formatted(customers);
  }

  private String customer() {
    customers++;
    return people.becomesACustomer(address());
  }
}
