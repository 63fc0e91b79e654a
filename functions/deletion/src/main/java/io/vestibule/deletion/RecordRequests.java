package io.vestibule.deletion;

import io.vestibule.core.RowId;
import io.vestibule.store.rows.AskedRequests;
import io.vestibule.store.rows.AskedRequests.Asked;
import io.vestibule.store.rows.RequestRecords;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes down, once a day, what there is of each confirmed request: its own row goes some days
 * after its end, and an authority asks later. A row lives through six of these runs at least after
 * it has ended, so one that fails loses nothing.
 */
final class RecordRequests {

  private final AskedRequests requests;
  private final RequestRecords records;

  RecordRequests(AskedRequests requests, RequestRecords records) {
    this.requests = requests;
    this.records = records;
  }

  /** Writes what has changed since, and tells how many. */
  int run() {
    var known = new HashMap<Integer, Map<RowId, Asked>>();
    var changed =
        requests
            .all()
            .filter(it -> it.verifiedAt().isPresent())
            .filter(it -> !it.equals(before(it, known)))
            .toList();
    changed.forEach(records::put);
    return changed.size();
  }

  private @Nullable Asked before(Asked request, Map<Integer, Map<RowId, Asked>> known) {
    return known
        .computeIfAbsent(RequestRecords.year(request.createdAt()), this::of)
        .get(request.id());
  }

  private Map<RowId, Asked> of(int year) {
    return records.of(year).collect(Collectors.toMap(Asked::id, Function.identity()));
  }
}
