package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Excluded;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.VerifiedBackup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
    Excluded excluded = excluded(backup);
    Set<String> out = excluded.all();
    List<RestoredFile> before = plausible(progress.find(), backup, out);
    List<RestoredFile> all = new ArrayList<>(before);
    all.addAll(writeOthers(before, backup, out, target, progress));
    Set<String> keptOut = new HashSet<>();
    all.forEach(file -> keptOut.addAll(file.keptOut()));
    long invalid = keptOut.stream().filter(excluded.invalid()::contains).count();
    keptOut.removeAll(excluded.invalid());
    long restored = all.stream().mapToLong(RestoredFile::restored).sum();
    long skipped = all.stream().mapToLong(RestoredFile::skipped).sum();
    long takenOut = takeOut(excluded.erased(), keptOut, !before.isEmpty(), target);
    progress.forget();
    return new RestoreReport(
        restored - takenOut, skipped, keptOut.size() + takenOut, invalid, 0, keptOut, Set.of());
  }

  /** Nobody signed it: what cannot be true of the backup, which somebody did, is done again. */
  private static List<RestoredFile> plausible(
      List<RestoredFile> found, VerifiedBackup backup, Set<String> out) {
    return backup.backup().copy(Kind.CUSTOMERS).data().stream()
        .flatMap(file -> found.stream().filter(it -> it.fits(file, out)).limit(1))
        .toList();
  }

  private static List<RestoredFile> writeOthers(
      List<RestoredFile> before,
      VerifiedBackup backup,
      Set<String> out,
      Target target,
      RestoreProgress progress) {
    Set<String> written = before.stream().map(RestoredFile::file).collect(Collectors.toSet());
    List<Callable<RestoredFile>> work =
        backup.backup().copy(Kind.CUSTOMERS).data().stream()
            .filter(file -> !written.contains(file.key()))
            .<Callable<RestoredFile>>map(
                file -> () -> new WriteFile(backup, out, target, progress).run(file))
            .toList();
    return Parallel.all(WIDTH, work);
  }

  /**
   * Counts what {@link #run} would do, and tells who would be taken out of the table.
   *
   * @param target that is written to then
   */
  RestoreReport dryRun(VerifiedBackup backup, Target target) {
    var counting = new Counting(excluded(backup), target);
    for (StoredFile file : backup.backup().copy(Kind.CUSTOMERS).data()) {
      backup.read(file, counting);
    }
    return counting.end(backup.backup().items());
  }

  /** Looks who of the customers that it is given is there, in batches. */
  private static final class Counting implements VerifiedBackup.ItemReader {

    private static final int BATCH = 1_000;

    private final Excluded excluded;
    private final Set<String> out;
    private final Target target;
    private final Set<String> batch = new HashSet<>();
    private final Set<String> keptOut = new HashSet<>();
    private long there;
    private long invalid;

    Counting(Excluded excluded, Target target) {
      this.excluded = excluded;
      this.out = excluded.all();
      this.target = target;
    }

    @Override
    public void accept(Map<String, AttributeValue> item) {
      var number = CustomerId.of(item);
      if (!out.contains(number)) {
        batch.add(number);
      } else if (excluded.erased().contains(number)) {
        keptOut.add(number);
      } else {
        invalid += 1;
      }
      if (batch.size() == BATCH) {
        flush();
      }
    }

    private void flush() {
      there += target.present(batch).size();
      batch.clear();
    }

    RestoreReport end(long items) {
      flush();
      return new RestoreReport(
          items - keptOut.size() - invalid - there,
          there,
          keptOut.size(),
          invalid,
          0,
          keptOut,
          new TreeSet<>(target.present(keptOut)));
    }
  }

  private Excluded excluded(VerifiedBackup backup) {
    var excluded = exclusions.now().plus(RestoreExclusions.in(backup));
    RestoreExclusions.tell(excluded.invalid());
    return excluded;
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
    Set<String> meanwhile = new HashSet<>(exclusions.now().erased());
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
