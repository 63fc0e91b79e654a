package io.vestibule.delivery.kind.fxiaoke;

import static java.util.stream.Collectors.joining;

import io.vestibule.delivery.kind.Handles;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a person's record is, and where those before it are that were not shown any more when
 * another one was made. Sales may have given them to whom we do not see: what was told stands in
 * them, so an erasure looks for them, too. All are kept in one text, the newest first.
 */
final class FormerRecords implements Handles {

  private static final String BETWEEN = " ";

  private final Handles kept;

  /** Read once: nobody else works on the lane meanwhile. */
  private @Nullable List<String> handles;

  private FormerRecords(Handles kept) {
    this.kept = kept;
  }

  /** Those of the person whom an order is about. */
  static FormerRecords of(Order order) {
    return order.handles() instanceof FormerRecords it ? it : new FormerRecords(order.handles());
  }

  private List<String> handles() {
    if (handles == null) {
      handles = kept.find().map(it -> List.of(it.split(BETWEEN, -1))).orElse(List.of());
    }
    return handles;
  }

  /** The newest. */
  @Override
  public Optional<String> find() {
    return handles().stream().findFirst();
  }

  @Override
  public boolean isKept() {
    return kept.isKept();
  }

  /** In place of the newest. */
  @Override
  public void keep(String handle) {
    keep(Stream.concat(Stream.of(handle), handles().stream().skip(1)));
  }

  private void keep(Stream<String> all) {
    var list = all.toList();
    kept.keep(list.stream().collect(joining(BETWEEN)));
    handles = list;
  }

  /** One of those before the newest; empty if there is none. */
  Optional<CrmRecord> any() {
    return all().findFirst();
  }

  /** Those before the newest. */
  Stream<CrmRecord> all() {
    return List.copyOf(handles()).stream().skip(1).flatMap(it -> CrmRecord.parse(it).stream());
  }

  /** The newest is not shown any more, and another one will take its place. */
  void remember(CrmRecord record) {
    if (all().noneMatch(record::equals)) {
      var all = new ArrayList<>(handles());
      all.add(record.handle());
      keep(all.stream());
    }
  }

  /** Nothing that was told stands in it any more. */
  void forget(CrmRecord record) {
    if (all().anyMatch(it -> it.id().equals(record.id()))) {
      keep(
          Stream.concat(
              handles().stream().limit(1),
              all().filter(it -> !it.id().equals(record.id())).map(CrmRecord::handle)));
    }
  }
}
