package io.vestibule.staff;

import io.vestibule.core.RowId;
import io.vestibule.store.rows.AskedRequests.Asked;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which requests are in the file. Anybody can have thousands there that nobody confirms: so the
 * confirmed ones come first, and of the others as many as there is room for.
 */
final class RequestsFile {

  private final int most;
  private final Map<RowId, Asked> confirmed = new HashMap<>();
  private final Map<RowId, Asked> others = new HashMap<>();

  private RequestsFile(int most) {
    this.most = most;
  }

  /**
   * Those that fit, the oldest first.
   *
   * @param records what was written down; read as far as it must be
   * @param rows what there is; read likewise
   * @return empty if there are too many confirmed ones
   */
  static Optional<List<Asked>> of(Stream<Asked> records, Stream<Asked> rows, int most) {
    var file = new RequestsFile(most);
    Stream.concat(records, rows)
        .takeWhile(_ -> file.confirmed.size() <= most)
        .forEachOrdered(file::add);
    return Optional.of(file).filter(it -> it.confirmed.size() <= most).map(RequestsFile::all);
  }

  private void add(Asked request) {
    if (request.verifiedAt().isPresent()) {
      confirmed.merge(request.id(), request, RequestsFile::newest);
    } else if (others.size() < most) {
      others.put(request.id(), request);
    }
  }

  /** Once it was written down that it has ended, its row changes nothing. */
  private static Asked newest(Asked before, Asked now) {
    return before.doneAt().isPresent() ? before : now;
  }

  private List<Asked> all() {
    var left =
        others.values().stream()
            .filter(it -> !confirmed.containsKey(it.id()))
            .sorted(Comparator.comparing(Asked::createdAt))
            .limit(most - confirmed.size());
    return Stream.concat(confirmed.values().stream(), left)
        .sorted(Comparator.comparing(Asked::createdAt))
        .toList();
  }
}
