package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.Office.Somebody;
import io.vestibule.local.aws.Cases;
import io.vestibule.store.Table;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Wherever the function dies, everybody is told, by one message. {@link Cases} says which of the
 * places a build takes.
 */
@Tag("slow")
class DeathTest extends OpenOffice {

  /** Of each list of places, in a build. */
  private static final int SOME = 8;

  @Test
  void whereverItDiesEachEntryArrivesByOneMessage() {
    for (var place : places(office::handsIn)) {
      var ada = office.handsIn();
      dieAt(place);

      assertThat(state("demo", ada)).as("%s", place).isEqualTo("told taken");
      assertCameByOneMessage(place);
      assertThat(office.recipients.find(ada.customerId(), "demo")).isPresent();
    }
  }

  @Test
  void whereverItDiesEachErasureArrivesByOneMessage() {
    for (var place : places(this::erased)) {
      var ada = erased();
      dieAt(place);

      assertThat(office.recipients.find(ada.customerId(), "demo").orElseThrow().erasure().answer())
          .as("%s", place)
          .contains("told");
      assertThat(office.all(Table.REQUESTS))
          .as("%s: whoever signs is woken", place)
          .filteredOn(it -> office.text(it, "id").equals(requestOf(ada)))
          .singleElement()
          .satisfies(it -> assertThat(it).containsKey("answers"));
      assertCameByOneMessage(place);
    }
  }

  private void assertCameByOneMessage(Place place) {
    var ids = office.receiver.calls().stream().map(it -> it.header("webhook-id")).toList();
    assertThat(ids).as("%s", place).isNotEmpty().containsOnly(ids.getFirst());
    office.receiver.calls().clear();
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

  /**
   * Before or after a call, counted from 0. To die after a read is to die before what comes next.
   */
  private record Place(int call, String operation, boolean isAfter) {}

  private List<Place> places(Supplier<Somebody> before) {
    var _ = before.get();
    var calls = DyingCalls.record();
    office.wake();
    DyingCalls.calm();
    office.receiver.calls().clear();
    var all =
        IntStream.range(0, calls.size())
            .boxed()
            .flatMap(
                call ->
                    Stream.of(false, true).map(after -> new Place(call, calls.get(call), after)))
            .filter(it -> !it.isAfter() || !DyingCalls.isRead(it.operation()))
            .toList();
    return Cases.spread(all, SOME);
  }

  /** The first run dies; those after it live. */
  private void dieAt(Place place) {
    DyingCalls.dieAt(place.call(), place.isAfter());
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

  private String state(String target, Somebody somebody) {
    var row = office.row(target, somebody);
    return office.text(row, "state") + " " + office.text(row, "code");
  }
}
