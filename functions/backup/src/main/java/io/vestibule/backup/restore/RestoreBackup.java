package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.VerifiedBackup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Writes the customers of a backup to a table, but for those who were erased.
 *
 * <p>Nothing is written before every file was compared. If a run dies in the middle, the next one
 * continues, file by file. A file that was half written is written again, which does not change the
 * rows that are already right.
 */
public final class RestoreBackup {

  /** How many data files are read, and batches written, at a time. */
  private static final int WIDTH = 8;

  private final RestoreExclusions exclusions;

  public RestoreBackup(RestoreExclusions exclusions) {
    this.exclusions = exclusions;
  }

  /** Restores to a table, or goes on with it. */
  public RestoreReport run(VerifiedBackup backup, Target target, RestoreProgress progress) {
    Set<String> erased = erased(backup);
    List<RestoredFile> before = plausible(progress.find(), backup, erased);
    List<RestoredFile> all = new ArrayList<>(before);
    all.addAll(writeOthers(before, backup, erased, target, progress));
    Set<String> keptOut = new HashSet<>();
    all.forEach(file -> keptOut.addAll(file.keptOut()));
    long restored = all.stream().mapToLong(RestoredFile::restored).sum();
    long skipped = all.stream().mapToLong(RestoredFile::skipped).sum();
    long takenOut = takeOut(erased, keptOut, !before.isEmpty(), target);
    progress.forget();
    return new RestoreReport(restored - takenOut, skipped, keptOut.size() + takenOut, keptOut);
  }

  /** Nobody signed it: what cannot be true of the backup, which somebody did, is done again. */
  private static List<RestoredFile> plausible(
      List<RestoredFile> found, VerifiedBackup backup, Set<String> erased) {
    return backup.backup().copy(Kind.CUSTOMERS).data().stream()
        .flatMap(file -> found.stream().filter(it -> it.fits(file, erased)).limit(1))
        .toList();
  }

  private static List<RestoredFile> writeOthers(
      List<RestoredFile> before,
      VerifiedBackup backup,
      Set<String> erased,
      Target target,
      RestoreProgress progress) {
    Set<String> written = before.stream().map(RestoredFile::file).collect(Collectors.toSet());
    List<Callable<RestoredFile>> work =
        backup.backup().copy(Kind.CUSTOMERS).data().stream()
            .filter(file -> !written.contains(file.key()))
            .<Callable<RestoredFile>>map(
                file -> () -> new WriteFile(backup, erased, target, progress).run(file))
            .toList();
    return Parallel.all(WIDTH, work);
  }

  /** Counts what {@link #run} would do, if the table were empty. */
  RestoreReport dryRun(VerifiedBackup backup) {
    Set<String> erased = erased(backup);
    Set<String> keptOut = new HashSet<>();
    for (StoredFile file : backup.backup().copy(Kind.CUSTOMERS).data()) {
      backup.read(
          file,
          item -> {
            if (erased.contains(CustomerId.of(item))) {
              keptOut.add(CustomerId.of(item));
            }
          });
    }
    return new RestoreReport(backup.backup().items() - keptOut.size(), 0, keptOut.size(), keptOut);
  }

  private Set<String> erased(VerifiedBackup backup) {
    Set<String> erased = exclusions.now();
    erased.addAll(RestoreExclusions.in(backup));
    return erased;
  }

  /**
   * Deletes customers who were erased while this restore was writing, and those whom an earlier run
   * wrote before they were erased.
   *
   * @param goesOn whether files were written by an earlier run, which did not know of everybody who
   *     is erased now
   * @return how many were erased meanwhile
   */
  private long takeOut(Set<String> erased, Set<String> keptOut, boolean goesOn, Target target) {
    var _ = takeOut(keptOut, target);
    Set<String> meanwhile = exclusions.now();
    if (goesOn) {
      meanwhile.addAll(erased);
    } else {
      meanwhile.removeAll(erased);
    }
    meanwhile.removeAll(keptOut);
    return takeOut(meanwhile, target);
  }

  private static long takeOut(Set<String> customers, Target target) {
    List<Callable<Boolean>> work =
        customers.stream().<Callable<Boolean>>map(id -> () -> target.delete(id)).toList();
    return Parallel.all(WIDTH, work).stream().filter(Boolean::booleanValue).count();
  }
}
