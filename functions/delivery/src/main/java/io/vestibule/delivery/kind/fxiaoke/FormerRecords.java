package io.vestibule.delivery.kind.fxiaoke;

import static java.util.stream.Collectors.joining;

import io.vestibule.delivery.kind.Answer;
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

  /** In place of what is kept of the same record, or else of the newest. */
  @Override
  public void keep(String handle) {
    var id = id(handle);
    var place = handles().stream().map(FormerRecords::id).toList().indexOf(id);
    if (id.isEmpty() || place < 1) {
      keep(Stream.concat(Stream.of(handle), handles().stream().skip(1)));
    } else {
      var all = new ArrayList<>(handles());
      all.set(place, handle);
      keep(all.stream());
    }
  }

  private void keep(Stream<String> all) {
    var list = all.toList();
    kept.keep(list.stream().collect(joining(BETWEEN)));
    handles = list;
  }

  private static Optional<String> id(String handle) {
    return CrmRecord.parse(handle).map(CrmRecord::id);
  }

  /** Whether nothing but the record that was asked for is in the way: others may be asked for. */
  static boolean isOfOne(Answer answer) {
    return switch (answer) {
      case Answer.Taken _, Answer.Failed _ -> true;
      case Answer.Later later -> later.isOfOne();
      case Answer.Stopped _ -> false;
    };
  }

  /** What became of several: taken if all are, and nobody more is asked if one says so. */
  static Answer worse(Answer one, Answer other) {
    return one instanceof Answer.Taken || !isOfOne(other) ? other : one;
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

  /** It is where the person is from now on, also if it was one of those before. */
  void use(CrmRecord record) {
    keep(
        Stream.concat(
            Stream.of(record.handle()),
            all().filter(it -> !it.id().equals(record.id())).map(CrmRecord::handle)));
  }

  /** Before it is erased: what is deleted, no search finds any more. */
  void keepUnlessKnown(CrmRecord record) {
    if (find().flatMap(CrmRecord::parse).isEmpty()) {
      use(record);
    } else if (handles().stream()
        .map(FormerRecords::id)
        .noneMatch(Optional.of(record.id())::equals)) {
      remember(record);
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
