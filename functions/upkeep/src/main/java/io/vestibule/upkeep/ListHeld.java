package io.vestibule.upkeep;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import io.vestibule.store.rows.OpenRow;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.OpenSubmissions.Oldest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells what is held, a page at a time. The index knows no reasons, so rows are read to find those
 * of one. A page reads so many and no more, whatever a flood has left.
 */
final class ListHeld {

  private static final int PAGE = 50;

  /** By each of the eight values of {@code open}; more if they are of one moment. */
  private static final int AT_A_TIME = 50;

  /** Of such slices, each of some 800 rows, for one page. */
  private static final int MOST_SLICES = 5;

  private final List<OpenSubmissions> tables;

  ListHeld(List<OpenSubmissions> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * Some that are held for one reason, the oldest first.
   *
   * @param after where to go on; empty if these are the last. There may be none on a page, and some
   *     on the next
   */
  record Page(List<OpenRow> rows, Optional<Instant> after) {}

  /** How many are held for a reason of a form. */
  record Count(String form, String reason, int count) {}

  /**
   * How many are held.
   *
   * @param more whether there are more than were counted
   */
  record Counts(List<Count> counts, boolean more) {}

  /** Those that came in after a time. */
  Page page(HeldReason reason, Instant after) {
    var found = new ArrayList<OpenRow>();
    var end =
        read(
            after,
            row -> {
              if (row.reason().equals(Optional.of(reason.code()))) {
                found.add(row);
              }
            },
            () -> found.size() >= PAGE);
    if (found.size() <= PAGE) {
      return new Page(List.copyOf(found), end);
    }
    // What came in at one moment is on one page, as the next begins after it.
    var last = found.get(PAGE - 1).createdAt();
    var rows = found.stream().filter(row -> !row.createdAt().isAfter(last)).toList();
    return new Page(rows, rows.size() < found.size() ? Optional.of(last) : end);
  }

  /** By form and reason. */
  Counts count() {
    var counts = new TreeMap<String, Map<String, Integer>>();
    var end =
        read(
            Instant.EPOCH,
            row ->
                counts
                    .computeIfAbsent(row.form(), _ -> new TreeMap<>())
                    .merge(row.reason().orElse(""), 1, Integer::sum),
            () -> false);
    var all = new ArrayList<Count>();
    counts.forEach(
        (form, reasons) ->
            reasons.forEach((reason, count) -> all.add(new Count(form, reason, count))));
    return new Counts(List.copyOf(all), end.isPresent());
  }

  /**
   * Reads until it is enough, there are no more, or it were too many.
   *
   * @return where to go on; empty if there are no more
   */
  private Optional<Instant> read(Instant after, Consumer<OpenRow> each, BooleanSupplier isEnough) {
    var from = Optional.of(after);
    for (int i = 0; i < MOST_SLICES && from.isPresent() && !isEnough.getAsBoolean(); i++) {
      var slice = slice(from.get());
      slice.rows().stream().filter(row -> row.status() == Status.HELD).forEach(each);
      from = slice.until();
    }
    return from;
  }

  private Oldest slice(Instant after) {
    var all = tables.stream().map(it -> it.oldest(Status.HELD, after, AT_A_TIME)).toList();
    var until = all.stream().flatMap(it -> it.until().stream()).min(Comparator.naturalOrder());
    var rows =
        all.stream()
            .flatMap(it -> it.rows().stream())
            .filter(row -> until.filter(row.createdAt()::isAfter).isEmpty())
            .sorted(Comparator.comparing(OpenRow::createdAt).thenComparing(it -> it.id().value()))
            .toList();
    return new Oldest(rows, until);
  }
}
