package io.vestibule.backup.restore;

import io.vestibule.backup.Backup.Copy;
import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Excluded;
import io.vestibule.backup.Fingerprints;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.core.forms.Retention;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/**
 * Writes the customers of a backup to a table, but for those who were erased, and their entries to
 * another, but for those whose time is over.
 *
 * <p>Nothing is written before every file was compared. If a run dies in the middle, the next one
 * continues, file by file. A file that was half written is written again, which does not change the
 * rows that are already right.
 */
public final class RestoreBackup {

  /** How many data files are read at a time, for the numbers in them. */
  private static final int WIDTH = 8;

  private final RestoreExclusions exclusions;
  private final Retention retention;
  private final Clock clock;

  /**
   * Prepares it.
   *
   * @param retention which entries are over
   */
  public RestoreBackup(RestoreExclusions exclusions, Retention retention, Clock clock) {
    this.exclusions = exclusions;
    this.retention = retention;
    this.clock = clock;
  }

  /** Restores to tables, or goes on with it. */
  public RestoreReport run(VerifiedBackup backup, Places places) {
    Excluded excluded = excluded(backup);
    var customers = places.customers();
    Written ofCustomers = customers(backup, excluded).run(customers);
    var ofEntries =
        places.entries().map(place -> new Filled(place, entries(backup, excluded).run(place)));

    // Whoever is erased after this has nothing more of theirs restored.
    var takeOut = new TakeOut(excluded.erased(), exclusions.now().erased());
    var report =
        new RestoreReport(
            new Filled(customers, ofCustomers).without(takeOut, excluded.invalid()),
            0,
            ofCustomers.keptOut(excluded.invalid()),
            ofEntries.map(filled -> filled.without(takeOut, excluded.invalid())),
            Set.of());
    customers.progress().forget(); // And that of the entries, which is part of it.
    return report;
  }

  /** A table, and what was written to it. */
  private record Filled(Place place, Written written) {

    /** Takes out of it whoever was erased, and counts what is left. */
    RowCounts without(TakeOut takeOut, Set<String> invalid) {
      long taken = takeOut.run(place.target(), written.keptOut(invalid), written.goesOn());
      return written.counts(invalid).takenOut(taken);
    }
  }

  /**
   * Counts what {@link #run} would do, and tells who would be taken out of the tables.
   *
   * @param places that are written to then
   */
  RestoreReport dryRun(VerifiedBackup backup, Places places) {
    Excluded excluded = excluded(backup);
    var invalid = excluded.invalid();
    Target customers = places.customers().target();
    Written ofCustomers = customers(backup, excluded).dryRun(customers);
    Set<String> keptOut = ofCustomers.keptOut(invalid);
    Set<String> wouldGo = new TreeSet<>(customers.present(keptOut));
    Optional<Written> ofEntries =
        places.entries().map(place -> entries(backup, excluded).dryRun(place.target()));
    ofEntries.ifPresent(
        written ->
            wouldGo.addAll(
                places.entries().orElseThrow().target().present(written.keptOut(invalid))));
    return new RestoreReport(
        ofCustomers.counts(invalid),
        0,
        keptOut,
        ofEntries.map(written -> written.counts(invalid)),
        wouldGo);
  }

  private static WriteCopy customers(VerifiedBackup backup, Excluded excluded) {
    return new WriteCopy(
        backup,
        backup.backup().copy(Kind.CUSTOMERS),
        new Sieve.OfCustomers(excluded),
        excluded.all());
  }

  private WriteCopy entries(VerifiedBackup backup, Excluded excluded) {
    var sieve =
        new Sieve.OfEntries(
            new Sieve.OfCustomers(excluded), numbers(backup), retention, clock.instant());
    return new WriteCopy(backup, backup.backup().copy(Kind.ENTRIES), sieve, excluded.all());
  }

  /** The numbers of all customers in a backup; none are read if it has no entries. */
  private static Fingerprints numbers(VerifiedBackup backup) {
    Copy customers = backup.backup().copy(Kind.CUSTOMERS);
    List<Callable<long[]>> work =
        backup.backup().entries() == 0
            ? List.of()
            : customers.data().stream()
                .<Callable<long[]>>map(
                    file ->
                        () -> {
                          List<String> numbers = new ArrayList<>();
                          backup.read(file, item -> numbers.add(CustomerId.of(item)));
                          return Fingerprints.of(numbers.stream());
                        })
                .toList();
    return new Fingerprints(Parallel.all(WIDTH, work).stream().flatMapToLong(LongStream::of));
  }

  private Excluded excluded(VerifiedBackup backup) {
    var excluded = exclusions.now().plus(RestoreExclusions.in(backup));
    RestoreExclusions.tell(excluded.invalid());
    return excluded;
  }
}
