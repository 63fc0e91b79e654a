package io.vestibule.backup;

import io.vestibule.core.Deadline;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Compares customers' records with the rows of their keys, by numbers and versions alone. They are
 * written together; where they differ, one of them is older than what its customer has decided, or
 * than what the other knows.
 */
public final class CompareVersions {

  private static final String COLUMNS = "#customerId, #version";

  /** The next page is asked for by the key, which a role must then name. */
  private static final String WITH_KEY = COLUMNS + ", #emailIndex";

  private final ParallelScan scan;
  private final String identities;

  /**
   * Prepares it.
   *
   * @param identities the table of the keys
   */
  public CompareVersions(ParallelScan scan, String identities) {
    this.scan = scan;
    this.identities = identities;
  }

  /**
   * What differs. Identities without a binding have no version, and are not compared.
   *
   * @param restored records that are older than their keys' rows: the decisions beside the key
   *     count above theirs
   * @param recovered records that are newer than their keys' rows
   */
  public record Ages(long restored, long recovered) {

    private Ages and(Ages other) {
      return new Ages(restored + other.restored, recovered + other.recovered);
    }

    private Ages and(int age) {
      return new Ages(restored + (age < 0 ? 1 : 0), recovered + (age > 0 ? 1 : 0));
    }
  }

  /** The versions of all keys' rows; empty if there was no time to read them. */
  public Optional<KnownVersions> known(Deadline deadline) {
    var known =
        new KnownVersions(
            scan.read(of(identities, WITH_KEY), deadline, KnownVersions::of).stream()
                .flatMapToLong(LongStream::of));
    return deadline.isOver() ? Optional.empty() : Optional.of(known);
  }

  /** How old the records of a table are; empty if there was no time to read them. */
  public Optional<Ages> of(String customers, KnownVersions known, Deadline deadline) {
    var ages =
        scan
            .read(
                of(customers, COLUMNS),
                deadline,
                items -> items.map(known::age).reduce(new Ages(0, 0), Ages::and, Ages::and))
            .stream()
            .reduce(new Ages(0, 0), Ages::and);
    return deadline.isOver() ? Optional.empty() : Optional.of(ages);
  }

  private static ParallelScan.Source of(String table, String columns) {
    return new ParallelScan.Source(table, null, columns);
  }
}
