package io.vestibule.backup.restore;

import static java.util.Objects.requireNonNull;

import io.vestibule.backup.Erasures;
import io.vestibule.backup.Kind;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.VerifiedBackup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  private final Erasures erasures;

  public RestoreBackup(Erasures erasures) {
    this.erasures = erasures;
  }

  /**
   * What came of it, in all runs. The three numbers add up to the customers in the backup.
   *
   * @param restored were written and stayed
   * @param skipped were in the live table already
   * @param erased were kept out or taken out, because they were erased
   * @param keptOut the numbers of those that are erased and in the backup
   */
  public record Report(long restored, long skipped, long erased, Set<String> keptOut) {}

  /** What became of the customers in one file. */
  record Written(String file, long restored, long skipped, Set<String> keptOut) {

    Written {
      requireNonNull(file);
      requireNonNull(keptOut);
    }

    /**
     * Whether it can be true of a file: everybody who was kept out was erased, and nobody is
     * missing.
     */
    boolean fits(StoredFile data, Set<String> erased) {
      return file.equals(data.key())
          && restored >= 0
          && skipped >= 0
          && restored + skipped + keptOut.size() == data.items()
          && erased.containsAll(keptOut);
    }
  }

  /** Restores to a table, or goes on with it. */
  public Report run(VerifiedBackup backup, Target target, RestoreProgress progress) {
    Set<String> erased = erased(backup);
    List<Written> before = plausible(progress.find(), backup, erased);
    List<Written> all = new ArrayList<>(before);
    all.addAll(writeOthers(before, backup, erased, target, progress));
    Set<String> keptOut = new HashSet<>();
    all.forEach(file -> keptOut.addAll(file.keptOut()));
    long restored = all.stream().mapToLong(Written::restored).sum();
    long skipped = all.stream().mapToLong(Written::skipped).sum();
    long takenOut = takeOut(erased, keptOut, !before.isEmpty(), target);
    progress.forget();
    return new Report(restored - takenOut, skipped, keptOut.size() + takenOut, keptOut);
  }

  /** Nobody signed it: what cannot be true of the backup, which somebody did, is done again. */
  private static List<Written> plausible(
      List<Written> found, VerifiedBackup backup, Set<String> erased) {
    return backup.backup().copy(Kind.CUSTOMERS).data().stream()
        .flatMap(file -> found.stream().filter(it -> it.fits(file, erased)).limit(1))
        .toList();
  }

  private static List<Written> writeOthers(
      List<Written> before,
      VerifiedBackup backup,
      Set<String> erased,
      Target target,
      RestoreProgress progress) {
    Set<String> written = before.stream().map(Written::file).collect(Collectors.toSet());
    List<Callable<Written>> work =
        backup.backup().copy(Kind.CUSTOMERS).data().stream()
            .filter(file -> !written.contains(file.key()))
            .<Callable<Written>>map(file -> () -> write(backup, file, erased, target, progress))
            .toList();
    return Parallel.all(WIDTH, work);
  }

  /** Counts what {@link #run} would do, if the table were empty. */
  Report dryRun(VerifiedBackup backup) {
    Set<String> erased = erased(backup);
    Set<String> keptOut = new HashSet<>();
    for (StoredFile file : backup.backup().copy(Kind.CUSTOMERS).data()) {
      backup.read(
          file,
          item -> {
            if (erased.contains(Erasures.customerId(item))) {
              keptOut.add(Erasures.customerId(item));
            }
          });
    }
    return new Report(backup.backup().items() - keptOut.size(), 0, keptOut.size(), keptOut);
  }

  private Set<String> erased(VerifiedBackup backup) {
    Set<String> erased = erasures.now();
    erased.addAll(Erasures.in(backup));
    return erased;
  }

  private static Written write(
      VerifiedBackup backup,
      StoredFile file,
      Set<String> erased,
      Target target,
      RestoreProgress progress) {
    var writing = new Writing(erased, target);
    backup.read(file, writing);
    Written written = writing.end(file.key());
    progress.keep(written);
    return written;
  }

  /** Writes what it is given, in batches. */
  private static final class Writing implements VerifiedBackup.ItemReader {

    private final Set<String> erased;
    private final Target target;
    private final List<Map<String, AttributeValue>> batch = new ArrayList<>();
    private final Set<String> keptOut = new HashSet<>();
    private long restored;
    private long skipped;

    Writing(Set<String> erased, Target target) {
      this.erased = erased;
      this.target = target;
    }

    @Override
    public void accept(Map<String, AttributeValue> item) throws IOException {
      if (erased.contains(Erasures.customerId(item))) {
        keptOut.add(Erasures.customerId(item));
        return;
      }
      batch.add(item);
      if (batch.size() == Target.BATCH) {
        flush();
      }
    }

    private void flush() {
      if (!batch.isEmpty()) {
        int written = target.write(batch);
        restored += written;
        skipped += batch.size() - written;
        batch.clear();
      }
    }

    Written end(String file) {
      flush();
      return new Written(file, restored, skipped, keptOut);
    }
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
    Set<String> meanwhile = erasures.now();
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
