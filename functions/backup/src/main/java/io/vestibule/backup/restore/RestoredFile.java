package io.vestibule.backup.restore;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vestibule.backup.StoredFile;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rows in one file.
 *
 * @param keptOut the numbers of customers who were kept out
 * @param leftOut the rows that were not written; absent if they are one of each who was kept out,
 *     as they always are of customers
 */
record RestoredFile(
    String file,
    long restored,
    long skipped,
    Set<String> keptOut,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LeftOut leftOut) {

  RestoredFile {
    requireNonNull(file);
    requireNonNull(keptOut);
  }

  static RestoredFile of(
      String file, long restored, long skipped, Set<String> keptOut, LeftOut leftOut) {
    boolean isOneOfEach = leftOut.ofCustomersKeptOut() == keptOut.size();
    return new RestoredFile(
        file,
        restored,
        skipped,
        keptOut,
        isOneOfEach && leftOut.rows() == keptOut.size() ? null : leftOut);
  }

  /**
   * What was not written.
   *
   * @param invalid the numbers that only invalid entries of the ledger name
   */
  LeftOut leftOut(Set<String> invalid) {
    if (leftOut != null) {
      return leftOut;
    }
    long ofInvalid = keptOut.stream().filter(invalid::contains).count();
    return new LeftOut(keptOut.size() - ofInvalid, ofInvalid, 0, 0);
  }

  /** Whether it can be true of a file: who was kept out was to be, and nobody is missing. */
  boolean fits(StoredFile data, Set<String> out) {
    return file.equals(data.key())
        && restored >= 0
        && skipped >= 0
        && (leftOut == null || leftOut.canBe())
        && restored + skipped + (leftOut == null ? keptOut.size() : leftOut.rows()) == data.items()
        && out.containsAll(keptOut);
  }
}
