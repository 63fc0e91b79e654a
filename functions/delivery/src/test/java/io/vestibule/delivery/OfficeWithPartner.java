package io.vestibule.delivery;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.DyingCalls.Moment;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.delivery.kind.PartnerServer;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import io.vestibule.store.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An office whose only target is a partner that the test emulates: {@code partner}. */
abstract class OfficeWithPartner extends OpenOffice {

  static final String TARGET = "partner";

  private static final int SOME_DEATHS = 2;

  PartnerServer server;

  @BeforeAll
  final void listen() throws IOException {
    server = new PartnerServer();
  }

  @AfterAll
  final void stop() {
    server.close();
  }

  @BeforeEach
  final void nobodyHasCalledYet() throws IOException {
    office.removeTarget("demo");
    server.answer(Optional.empty());
    server.lose(Integer.MAX_VALUE, false);
    server.calls().clear();
    server.sent().clear();
  }

  /** Every call is answered so, but the one that asks for a token. */
  void answerWithToken(PartnerAnswer always, Function<PartnerCall, PartnerAnswer> partner) {
    server.be(call -> call.path().endsWith("/token") ? partner.apply(call) : always);
  }

  /** Somebody new hands in, and the target is told. */
  Somebody told() {
    var somebody = office.handsIn();
    office.wake();
    return somebody;
  }

  /**
   * What the row has of somebody is as a version wrote it that did not keep which fields it filled.
   */
  void wasToldByAVersionOfBefore(Somebody somebody) {
    var row = new HashMap<>(recipient(somebody));
    assertThat(row.remove("theirs")).isNotNull();
    office.put(Table.RECIPIENTS, row);
  }

  void eraseAndTell(Somebody somebody) {
    office.erase(somebody, "request");
    office.advance(Duration.ofMinutes(2));
    office.wake();
  }

  void withdrawAndTell(Somebody somebody) {
    office.withdraw(somebody);
    office.tellWithdrawal(somebody, "marketing");
    office.advance(Duration.ofMinutes(2));
    office.wake();
  }

  /** For two hours at most: none of these waits has to be longer. */
  void wakeUntilAllIsTold() {
    for (int i = 0; i < 4 && isAnybodyWaiting(); i++) {
      office.wake();
      office.advance(Duration.ofMinutes(31));
    }
  }

  private boolean isAnybodyWaiting() {
    return office.all(Table.DELIVERIES).stream().anyMatch(it -> !it.containsKey("state"));
  }

  /** What AWS is asked for one more entry, when the function has been at work for a while. */
  Map<String, Long> cost() {
    var handler = office.handler();
    office.handsIn();
    Office.call(handler, "{}");
    office.handsIn();
    var one = calls(handler);
    office.handsIn();
    office.handsIn();
    var two = calls(handler);
    one.forEach((call, times) -> two.merge(call, -times, Long::sum));
    two.values().removeIf(it -> it == 0);
    return two;
  }

  private Map<String, Long> calls(DeliverHandler handler) {
    office.advance(Duration.ofMinutes(1));
    var calls = DyingCalls.count();
    Office.call(handler, "{}");
    DyingCalls.calm();
    return calls.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, it -> it.getValue().sum(), Long::sum, TreeMap::new));
  }

  /**
   * Where the function may die in a run that has something to do: before and after each write. A
   * build takes some of those between which and the next write the partner is called: it may know
   * what we have not written down, or not know what we have. DeathTest dies at what lies between
   * two writes of our own, which are the same for every kind.
   */
  List<Place> deaths(Supplier<Somebody> before) {
    var _ = before.get();
    int toldBefore = server.calls().size();
    var moments = DyingCalls.moments(() -> server.calls().size());
    office.wake();
    DyingCalls.calm();
    var writes = moments.stream().filter(it -> !DyingCalls.isRead(it.operation())).toList();
    var told = new ArrayList<Integer>();
    told.add(toldBefore);
    writes.forEach(it -> told.add(it.told()));
    told.add(server.calls().size());
    var places =
        IntStream.range(0, writes.size())
            .filter(it -> Cases.areAll() || isBesideCallOfPartner(told, it, writes.get(it)))
            .mapToObj(it -> new Place(writes.get(it).call(), writes.get(it).isAnswered()))
            .toList();
    assertThat(places).isNotEmpty();
    return Cases.spread(places, SOME_DEATHS);
  }

  /** How often the partner was called by the moment before the first write stands first. */
  private static boolean isBesideCallOfPartner(List<Integer> told, int index, Moment write) {
    int other = write.isAnswered() ? index + 2 : index;
    return !told.get(other).equals(write.told());
  }

  /**
   * A call of AWS that changes something. What the partner is told may lie before it.
   *
   * @param isAnswered whether it was made
   */
  record Place(int call, boolean isAnswered) {}

  /** The function dies there, and the next invocation begins anew. */
  void dieAt(Place place) {
    DyingCalls.dieAt(place.call(), place.isAnswered());
    try {
      office.wake();
    } catch (DyingCalls.Death | CompletionException | IllegalStateException e) {
      // As Lambda has it.
    } finally {
      DyingCalls.calm();
    }
  }

  /** What became of an entry: its state, and the code. */
  String state(Somebody somebody) {
    var row = office.row(TARGET, somebody);
    return (office.text(row, "state") + " " + office.text(row, "code")).strip();
  }

  Optional<String> erasure(Somebody somebody) {
    return office.recipients.find(somebody.customerId(), TARGET).orElseThrow().erasure().answer();
  }

  Optional<String> withdrawal(Somebody somebody) {
    return office
        .recipients
        .find(somebody.customerId(), TARGET)
        .orElseThrow()
        .withdrawal()
        .answer();
  }

  /** What the recipients' table has of somebody. */
  Map<String, AttributeValue> recipient(Somebody somebody) {
    return office.recipient(TARGET, somebody);
  }

  Optional<String> stopped() {
    return office.all(Table.LANES).stream()
        .map(it -> office.text(it, "stopped"))
        .filter(it -> !it.isEmpty())
        .findFirst();
  }

  List<String> missing() {
    return office
        .invoke("{\"check\": \"" + TARGET + "\"}")
        .path("missing")
        .valueStream()
        .map(it -> it.asText())
        .toList();
  }
}
