package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Tables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The run that erases who is kept no longer dies just before and just after everything that it does
 * to AWS; the run of the next day finishes what it began, and nobody is erased twice.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillRetentionTest extends Journey {

  private static final Duration TWO_YEARS = Duration.ofDays(732);
  private static final Duration NOTICE = Duration.ofDays(8);
  private static final int SOME = 6;

  private final CallRecorder recorder = new CallRecorder();
  private Backups functions;

  @BeforeAll
  void recordTheCalls() throws Exception {
    functions = new Backups(host);
    var first = somebody();
    first.becomesACustomer(Map.of());
    clock.advance(TWO_YEARS);
    run(); // Announces the rules.
    clock.advance(NOTICE);
    run();
    assertThat(new Records(host).isKnown(first.address)).isFalse();
    settle();
    someoneIsDue();
    CallInterceptor.disturb(recorder);
    run();
    calm();
    settle();
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  List<DeathAt> deaths() {
    return Deaths.ofThisRun(Deaths.withoutRepeatedReads(recorder.deaths()), SOME);
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whatADeadRunBeganTheNextOneFinishes(DeathAt death) throws Exception {
    var due = someoneIsDue();
    var dead = new DeadForGood(death);
    CallInterceptor.disturb(dead);
    var outcome = functions.invoke("DeadlineFunction", Map.of());
    calm();
    assertThat(dead.hasKilled()).as(outcome.toString()).isTrue();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);

    clock.advance(Duration.ofDays(1));
    run();

    assertThat(new Records(host).isKnown(due.person().address)).isFalse();
    for (var table : List.of("customers", "identities")) {
      assertThat(of(table, due.number())).as(table).isEmpty();
    }
    assertThat(of("erasures", due.number())).hasSize(1);
    assertThat(functions.keys("ledger/" + due.number())).hasSize(1);
    assertThat(of("audit", due.number()))
        .filteredOn(entry -> Tables.text(entry, "action").equals("erased"))
        .hasSize(1);
    settle();
    assertThat(begun()).as("whose address it was").isEmpty();
  }

  private record Due(Person person, String number) {}

  private Due someoneIsDue() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of());
    var number = new Records(host).customerId(person.address);
    clock.advance(TWO_YEARS);
    return new Due(person, number);
  }

  private void run() {
    functions.returns("DeadlineFunction", Map.of());
  }

  /** What is begun is forgotten. */
  private void settle() {
    clock.advance(Duration.ofHours(1));
    run();
  }

  private List<Map<String, AttributeValue>> begun() {
    return tables.items("mail-limits").stream()
        .filter(item -> Tables.text(item, "key").equals("retention") && item.containsKey("begun"))
        .toList();
  }

  private List<Map<String, AttributeValue>> of(String table, String number) {
    return tables.items(table).stream()
        .filter(item -> Tables.text(item, "customerId").equals(number))
        .toList();
  }
}
