package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.Office.Somebody;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Wherever the function dies, everybody is told, by one message. */
class DeathTest extends OpenOffice {

  @Test
  void whereverItDiesEachEntryArrivesByOneMessage() {
    var calls = callsOf(office::handsIn);
    for (int call = 0; call < calls.size(); call++) {
      for (boolean after : moments(calls.get(call))) {
        var ada = office.handsIn();
        dieAt(call, after);

        assertThat(state("demo", ada)).as("%s %s", calls.get(call), after).isEqualTo("told taken");
        assertThat(ids())
            .as("%s %s", calls.get(call), after)
            .isNotEmpty()
            .containsOnly(ids().getFirst());
        assertThat(office.recipients.find(ada.customerId(), "demo")).isPresent();
        office.receiver.calls().clear();
      }
    }
  }

  @Test
  void whereverItDiesEachErasureArrivesByOneMessage() {
    var calls = callsOf(this::erased);
    for (int call = 0; call < calls.size(); call++) {
      for (boolean after : moments(calls.get(call))) {
        var ada = erased();
        dieAt(call, after);

        assertThat(
                office.recipients.find(ada.customerId(), "demo").orElseThrow().erasure().answer())
            .as("%s %s", calls.get(call), after)
            .contains("told");
        assertThat(office.all(Table.REQUESTS))
            .as("%s %s: whoever signs is woken", calls.get(call), after)
            .filteredOn(it -> office.text(it, "id").equals(requestOf(ada)))
            .singleElement()
            .satisfies(it -> assertThat(it).containsKey("answers"));
        assertThat(ids())
            .as("%s %s", calls.get(call), after)
            .isNotEmpty()
            .containsOnly(ids().getFirst());
        office.receiver.calls().clear();
      }
    }
  }

  private static List<Boolean> moments(String operation) {
    return DyingCalls.isRead(operation) ? List.of(false) : List.of(false, true);
  }

  private Somebody erased() {
    var ada = office.handsIn();
    office.wake();
    office.put(
        Table.REQUESTS,
        Map.of("id", AttributeValue.fromS(requestOf(ada)), "status", AttributeValue.fromS("DONE")));
    office.erase(ada, requestOf(ada));
    office.advance(Duration.ofMinutes(2));
    office.receiver.calls().clear();
    return ada;
  }

  private static String requestOf(Somebody somebody) {
    return "r" + somebody.entryId().value().substring(21);
  }

  /** Which calls one run makes. */
  private List<String> callsOf(Supplier<Somebody> before) {
    var _ = before.get();
    var calls = DyingCalls.record();
    office.wake();
    DyingCalls.calm();
    office.receiver.calls().clear();
    return List.copyOf(calls);
  }

  /** The first run dies; those after it live. */
  private void dieAt(int call, boolean after) {
    DyingCalls.dieAt(call, after);
    try {
      office.wake();
    } catch (DyingCalls.Death | CompletionException | IllegalStateException e) {
      // As Lambda has it: the next invocation begins anew.
    } finally {
      DyingCalls.calm();
    }
    for (int i = 0; i < 3; i++) {
      office.advance(Duration.ofSeconds(150));
      office.wake();
    }
  }

  private List<String> ids() {
    return office.receiver.calls().stream().map(it -> it.header("webhook-id")).toList();
  }

  private String state(String target, Somebody somebody) {
    var row = office.row(target, somebody);
    return office.text(row, "state") + " " + office.text(row, "code");
  }
}
