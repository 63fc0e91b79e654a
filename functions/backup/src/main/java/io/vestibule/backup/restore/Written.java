package io.vestibule.backup.restore;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is written of one table.
 *
 * @param goesOn whether some of the files were written by an earlier run, which did not know of
 *     everybody who is erased now
 */
record Written(List<RestoredFile> files, boolean goesOn) {

  /**
   * What became of its rows.
   *
   * @param invalid the numbers that only invalid entries of the ledger name
   */
  RowCounts counts(Set<String> invalid) {
    return new RowCounts(
        files.stream().mapToLong(RestoredFile::restored).sum(),
        files.stream().mapToLong(RestoredFile::skipped).sum(),
        files.stream().map(file -> file.leftOut(invalid)).reduce(LeftOut.NONE, LeftOut::and));
  }

  /** The numbers of those who are erased, and have rows in it. */
  Set<String> keptOut(Set<String> invalid) {
    Set<String> keptOut = new HashSet<>();
    files.forEach(file -> keptOut.addAll(file.keptOut()));
    keptOut.removeAll(invalid);
    return keptOut;
  }
}
