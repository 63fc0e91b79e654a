package io.vestibule.deletion;

import io.vestibule.core.Deadline;
import io.vestibule.store.rows.AskedRequests;
import io.vestibule.store.rows.AskedRequests.Asked;
import io.vestibule.store.rows.RequestRecords;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down, once a day, what there is of each request that is confirmed, or that staff have
 * entered: its own row goes some days after its end, and an authority asks later. A row lives
 * through six of these runs at least after it has ended, so one that fails loses nothing.
 */
final class RecordRequests {

  private final AskedRequests requests;
  private final RequestRecords records;
  private final Clock clock;

  RecordRequests(AskedRequests requests, RequestRecords records, Clock clock) {
    this.requests = requests;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Writes what has changed since, and tells how many. Anybody can fill the table with requests
   * that nobody confirms, so it ends with the time that it has.
   *
   * @throws IllegalStateException if there was no time for all: what was written stays
   */
  int run(Deadline deadline) {
    var known = new HashMap<Integer, Set<Asked>>();
    int written = 0;
    try (Stream<Asked> all = requests.all()) {
      for (Asked request : (Iterable<Asked>) all::iterator) {
        if (deadline.isOver()) {
          throw new IllegalStateException("There was no time to write down all requests");
        }
        if (isAsked(request) && !isKnown(request, known)) {
          records.put(request, clock.instant());
          written++;
        }
      }
    }
    return written;
  }

  /** By its owner, or, as a member of staff has entered it, by letter or by phone. */
  private static boolean isAsked(Asked request) {
    return request.verifiedAt().isPresent() || request.behalf().isPresent();
  }

  private boolean isKnown(Asked request, Map<Integer, Set<Asked>> known) {
    return known
        .computeIfAbsent(RequestRecords.year(request.createdAt()), this::of)
        .contains(request);
  }

  private Set<Asked> of(int year) {
    return records.of(year).collect(Collectors.toUnmodifiableSet());
  }
}
