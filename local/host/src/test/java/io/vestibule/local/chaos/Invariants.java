package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Records;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold in a world in which everything that was owed has been delivered. */
record Invariants(World world) {

  /** Unverified submissions end after it; what is owed to one then is owed to nobody. */
  private static final Duration UNVERIFIED_END = Duration.ofDays(3);

  private static final Map<String, Set<String>> NEXT =
      Map.of(
          // VERIFIED: links that were mailed live on while a new one is asked for.
          "PENDING", Set.of("MAILING", "MAILED", "VERIFIED", "HELD"),
          "MAILING", Set.of("MAILING", "MAILED", "VERIFIED"),
          "MAILED", Set.of("PENDING", "VERIFIED"),
          "VERIFIED", Set.of("DONE"),
          "DONE", Set.of(),
          "HELD", Set.of());

  void check(int mailsThatMayBeRepeated) throws Exception {
    assertThat(world.rows.keySet()).containsAll(world.accepted);
    world.rows.values().forEach(this::check);
    for (String id : world.confirmed) {
      assertThat(world.row(id).wasEver("VERIFIED")).as("%s was confirmed", id).isTrue();
    }
    checkCustomer();
    checkBooks();
    int repeated = world.links.size() - Set.copyOf(world.links).size();
    assertThat(repeated).as("repeated mails").isLessThanOrEqualTo(mailsThatMayBeRepeated);
  }

  private void check(Row row) {
    for (int index = 1; index < row.changes.size(); index++) {
      var before = row.changes.get(index - 1);
      var after = row.changes.get(index);
      if (!after.isRemoval()) {
        assertThat(NEXT.get(before.status()))
            .as("after %s of %s", before.status(), row.id)
            .contains(after.status());
      }
    }
    assertThat(ends(row))
        .as("%s may end %s", row.id, row.newest().status())
        .contains(row.newest().status());
  }

  /** How a submission may end: verified, it is done; not verified, it waits, is held or expired. */
  private Set<String> ends(Row row) {
    if (row.wasEver("VERIFIED")) {
      assertThat(row.isGone()).as("%s is gone", row.id).isFalse();
      return Set.of("DONE");
    }
    var end = row.changes.getFirst().createdAt().plus(UNVERIFIED_END);
    return end.isAfter(world.clock.instant())
        ? Set.of("MAILED", "HELD")
        : Set.of("PENDING", "MAILING", "MAILED", "HELD");
  }

  private void checkCustomer() throws Exception {
    var records = new Records(world.host);
    var done = world.rows.values().stream().filter(row -> row.wasEver("DONE")).toList();
    assertThat(records.isKnown(world.person.address)).isEqualTo(!done.isEmpty());
    if (!done.isEmpty()) {
      assertThat(records.version(world.person.address)).isEqualTo(done.size());
      assertThat(records.values(world.person.address)).containsAllEntriesOf(newestValues(done));
      assertThat(records.entries(world.person.address)).hasSize(done.size());
    }
  }

  private static Map<String, String> newestValues(List<Row> done) {
    var values = new HashMap<String, String>();
    done.stream()
        .sorted(Comparator.comparing(row -> row.changes.getFirst().createdAt()))
        .forEach(row -> values.putAll(row.fields));
    return values;
  }

  /** Each row that there ever was is in the books of its day, once, as what it has become. */
  private void checkBooks() {
    var books = new TreeMap<LocalDate, Map<String, Integer>>();
    for (Row row : world.rows.values()) {
      books.computeIfAbsent(row.day(), _ -> new TreeMap<>()).merge(row.state(), 1, Integer::sum);
    }
    var ledger = new Ledger(world.host);
    books.forEach((day, states) -> assertThat(ledger.of(day)).as("books").isEqualTo(states));
  }

  /** How many mails must have been counted against the mailbox: each link once. */
  int mailsClaimed() {
    var claimed = new HashSet<String>();
    for (Row row : world.rows.values()) {
      for (Change change : row.changes) {
        if (change.status().equals("MAILING")) {
          claimed.add(row.id + " " + change.linkNo());
        }
      }
    }
    return claimed.size();
  }
}
