package io.vestibule.staff.held;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.staff.orders.Orders;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What ReconcileFunction tells of what is held, and does about it. */
public final class HeldOrders {

  private final Orders reconcile;

  public HeldOrders(Orders reconcile) {
    this.reconcile = reconcile;
  }

  /** How many of a form are held for a reason. */
  public record Count(String form, HeldReason reason, int count) {}

  /**
   * How many are held.
   *
   * @param more whether there are more than were counted
   */
  public record Counts(List<Count> counts, boolean more) {}

  /**
   * One that is held.
   *
   * @param isConfirmed whether somebody has pressed its button
   * @param endsAt when it ends by itself; empty if it does not
   */
  public record Held(
      RowId id, String form, Instant createdAt, boolean isConfirmed, Optional<Instant> endsAt) {}

  /**
   * Some that are held, the oldest first.
   *
   * @param after where the next page begins; empty if this is the last
   */
  public record Page(List<Held> rows, Optional<Instant> after) {}

  /** Counts all, as far as ReconcileFunction counts. */
  public Counts count() throws Orders.Failed {
    var answer = reconcile.give(Map.of("held", "count"));
    var counts =
        stream(answer.path("counts"))
            .flatMap(
                it ->
                    HeldReason.of(it.path("reason").asText())
                        .map(
                            reason ->
                                new Count(
                                    it.path("form").asText(), reason, it.path("count").asInt()))
                        .stream())
            .toList();
    return new Counts(counts, answer.path("more").asBoolean());
  }

  /** A page of those that came in after a time. */
  public Page page(HeldReason reason, Instant after) throws Orders.Failed {
    var answer = reconcile.give(Map.of("held", reason.code(), "after", Timestamp.of(after)));
    return new Page(
        stream(answer.path("held")).map(HeldOrders::held).toList(), time(answer, "after"));
  }

  private static Held held(JsonNode row) {
    return new Held(
        new RowId(row.path("id").asText()),
        row.path("form").asText(),
        Timestamp.parse(row.path("createdAt").asText()),
        row.path("confirmed").asBoolean(),
        time(row, "endsAt"));
  }

  /**
   * Has it decided about those that are still held for a reason.
   *
   * @return those for which that was done
   */
  List<RowId> decide(Decision decision, HeldReason reason, Collection<RowId> ids)
      throws Orders.Failed {
    var all = ids.stream().map(RowId::value).collect(Collectors.joining(" "));
    var answer = reconcile.give(Map.of(decision.code(), all, "for", reason.code()));
    return ids.stream()
        .filter(
            id ->
                answer
                    .path("decided")
                    .path(id.value())
                    .path("outcome")
                    .asText()
                    .equals(decision.outcome()))
        .toList();
  }

  private static Optional<Instant> time(JsonNode from, String name) {
    return from.has(name)
        ? Optional.of(Timestamp.parse(from.path(name).asText()))
        : Optional.empty();
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
