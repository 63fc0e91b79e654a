package io.vestibule.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.deletion.retain.EndEntries;
import io.vestibule.store.OneByOne;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An entry goes when the time of its own form is over, whoever its customer still is. */
class EndEntriesTest extends DeletionAccount {

  /** The form contact keeps for two years, the form newsletter for good. */
  private static final Duration MORE_THAN_TWO_YEARS = Duration.ofDays(740);

  private static final Duration NOTICE = Duration.ofDays(8);

  private EndEntries endEntries;
  private int customers;

  @BeforeEach
  void wire() {
    var variables = new HashMap<>(account.variables("DeadlineFunction"));
    endEntries = new DeadlineWiring(Env.of(variables), clock).dailyEntries.endEntries();
    remove("mail-limits", "key", "retention");
    for (var item : items("entries")) {
      removeEntry(item);
    }
  }

  @Test
  void anEntryWhoseFormKeepsItForTwoYearsGoesAndTheOneThatIsKeptForGoodStays() {
    var number = customer();
    anotherEntry(number, "newsletter");
    assertThat(run()).isEqualTo(EndEntries.Report.NONE);
    clock.advance(MORE_THAN_TWO_YEARS);

    assertThat(run()).as("announced").isEqualTo(new EndEntries.Report(1, 0));
    clock.advance(NOTICE);
    assertThat(run()).isEqualTo(new EndEntries.Report(0, 1));

    assertThat(items("entries")).extracting(it -> text(it, "form")).containsExactly("newsletter");
    assertThat(items("customers")).extracting(it -> text(it, "customerId")).contains(number);
    assertThat(run()).isEqualTo(EndEntries.Report.NONE);
  }

  @Test
  void whoIsUnderALegalHoldLosesNoEntry() {
    var number = customer();
    anotherEntry(number, "newsletter");
    hold(number);
    clock.advance(MORE_THAN_TWO_YEARS);
    run();
    clock.advance(NOTICE);

    assertThat(run()).isEqualTo(new EndEntries.Report(0, 0));

    assertThat(items("entries")).hasSize(2);
  }

  @Test
  void whoseKeyIsLostLosesNoEntryBecauseNobodyCanTellWhetherThereIsAHold() {
    var number = customer();
    anotherEntry(number, "newsletter");
    remove("identities", "emailIndex", people.index(address()));
    clock.advance(MORE_THAN_TWO_YEARS);
    run();
    clock.advance(NOTICE);

    assertThat(run().deleted()).isZero();
    assertThat(items("entries")).hasSize(2);
  }

  @Test
  void aRunWithoutTimeLeavesThemToTheNext() {
    anotherEntry(customer(), "newsletter");
    clock.advance(MORE_THAN_TWO_YEARS);
    run();
    clock.advance(NOTICE);

    assertThat(endEntries.run(() -> true, new OneByOne())).isEqualTo(new EndEntries.Report(1, 0));
    assertThat(run()).isEqualTo(new EndEntries.Report(0, 1));
  }

  private void hold(String number) {
    var order = Map.of("hold", Map.of("customer", number, "ground", "§ 147 AO"));
    JsonNode json = Json.MAPPER.valueToTree(order);
    assertThat(wiring.carryOutOrder.run(json, "i")).containsValue("held");
  }

  private EndEntries.Report run() {
    var oneByOne = new OneByOne();
    var report = endEntries.run(() -> false, oneByOne);
    oneByOne.end();
    return report;
  }

  private String address() {
    return "writes%d@example.net".formatted(customers);
  }

  private String customer() {
    customers++;
    return people.becomesACustomer(address());
  }
}
