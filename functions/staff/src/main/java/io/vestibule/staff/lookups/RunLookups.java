package io.vestibule.staff.lookups;

import io.vestibule.core.Deadline;
import io.vestibule.core.WorkThreads;
import io.vestibule.staff.lookups.MendLookups.Mended;
import io.vestibule.store.Attributes;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Lookups;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks through all entries, and mends what is found of each by its lookups; then takes away what
 * is of nobody any more.
 */
final class RunLookups {

  private static final int WIDTH = 8;

  private final Entries entries;
  private final Lookups lookups;
  private final MendLookups mend;

  RunLookups(Entries entries, Lookups lookups, MendLookups mend) {
    this.entries = entries;
    this.lookups = lookups;
    this.mend = mend;
  }

  /**
   * What came of a run.
   *
   * @param made of how many entries lookups were made
   * @param refused how many entries were not to be read, or changed meanwhile
   * @param ended how many rows were left of what is gone
   * @param all whether everything was looked at
   */
  record Looked(int made, int refused, int ended, boolean all) {

    Map<String, Object> answer() {
      return Map.of(
          "state", all ? "ended" : "open", "made", made, "refused", refused, "ended", ended);
    }

    private Looked and(Looked other) {
      return new Looked(
          made + other.made, refused + other.refused, ended + other.ended, all && other.all);
    }

    private Looked and(Mended mended) {
      return new Looked(
          made + mended.made(), refused + mended.refused(), ended + mended.ended(), all);
    }
  }

  private static final Looked NOTHING = new Looked(0, 0, 0, true);
  private static final Looked NO_TIME = new Looked(0, 0, 0, false);

  /** Looks through both tables, or as far as the time allows. */
  Looked run(LookupsOrder order, Deadline deadline) {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (var threads = WorkThreads.each()) {
      var looked =
          IntStream.range(0, WIDTH)
              .mapToObj(
                  segment ->
                      CompletableFuture.supplyAsync(
                          () -> segment(segment, order, seen, deadline), threads))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .reduce(NOTHING, Looked::and);
      return looked.all() ? looked.and(ofNobody(seen, deadline)) : looked;
    }
  }

  private Looked segment(int segment, LookupsOrder order, Set<String> seen, Deadline deadline) {
    var people = new OneByOne();
    var looked = NOTHING;
    try (Stream<Map<String, AttributeValue>> all = entries.all(segment, WIDTH)) {
      var items = all.iterator();
      // A scan has all entries of a customer one after the other.
      var ofOne = new ArrayList<Map<String, AttributeValue>>();
      while (items.hasNext()) {
        var item = items.next();
        if (!ofOne.isEmpty() && !number(ofOne.getFirst()).equals(number(item))) {
          if (deadline.isOver()) {
            return looked.and(NO_TIME);
          }
          looked = looked.and(one(ofOne, order, seen, people));
          ofOne.clear();
        }
        ofOne.add(item);
      }
      looked = ofOne.isEmpty() ? looked : looked.and(one(ofOne, order, seen, people));
    }
    people.end();
    return looked;
  }

  private Mended one(
      List<Map<String, AttributeValue>> items,
      LookupsOrder order,
      Set<String> seen,
      OneByOne people) {
    var number = number(items.getFirst());
    seen.add(number);
    return people.attempt(() -> mend.run(number, List.copyOf(items), order), Mended.NOTHING);
  }

  private static String number(Map<String, AttributeValue> item) {
    return Attributes.required(Attributes.text(item, "customerId"), "customerId");
  }

  /** Of who was erased before a restore, say. The entries are asked once more: one may be new. */
  private Looked ofNobody(Set<String> seen, Deadline deadline) {
    int ended = 0;
    var done = new HashSet<>(seen);
    try (var owners = lookups.owners()) {
      for (String number : (Iterable<String>) owners::iterator) {
        if (deadline.isOver()) {
          return new Looked(0, 0, ended, false);
        }
        if (done.add(number) && !entries.hasAny(number)) {
          ended += mend.endAll(number);
        }
      }
    }
    return new Looked(0, 0, ended, true);
  }
}
