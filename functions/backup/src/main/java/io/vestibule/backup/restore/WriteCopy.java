package io.vestibule.backup.restore;

import io.vestibule.backup.Backup.Copy;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.VerifiedBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Writes what a backup has of one table, but for the files that an earlier run has written.
 *
 * @param out the numbers of all customers who are kept out
 */
record WriteCopy(VerifiedBackup backup, Copy copy, Sieve sieve, Set<String> out) {

  /** How many data files are read, and batches written, at a time. */
  private static final int WIDTH = 8;

  Written run(Place place) {
    List<RestoredFile> before = plausible(place.progress().find());
    Set<String> written = before.stream().map(RestoredFile::file).collect(Collectors.toSet());
    var writeFile = new WriteFile(backup, sieve, place);
    List<Callable<RestoredFile>> work =
        copy.data().stream()
            .filter(file -> !written.contains(file.key()))
            .<Callable<RestoredFile>>map(file -> () -> writeFile.run(file))
            .toList();
    List<RestoredFile> all = new ArrayList<>(before);
    all.addAll(Parallel.all(WIDTH, work));
    return new Written(all, !before.isEmpty());
  }

  /** Nobody signed it: what cannot be true of the backup, which somebody did, is done again. */
  private List<RestoredFile> plausible(List<RestoredFile> found) {
    return copy.data().stream()
        .flatMap(file -> found.stream().filter(it -> it.fits(file, out)).limit(1))
        .toList();
  }

  /** What {@link #run} would write. */
  Written dryRun(Target target) {
    var countFile = new CountFile(backup, sieve, target);
    return new Written(copy.data().stream().map(countFile::run).toList(), false);
  }
}
