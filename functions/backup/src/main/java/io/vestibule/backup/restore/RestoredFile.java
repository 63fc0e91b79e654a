package io.vestibule.backup.restore;

import static java.util.Objects.requireNonNull;

import io.vestibule.backup.StoredFile;
import java.util.Set;

/** What became of the customers in one file. */
record RestoredFile(String file, long restored, long skipped, Set<String> keptOut) {

  RestoredFile {
    requireNonNull(file);
    requireNonNull(keptOut);
  }

  /** Whether it can be true of a file: who was kept out was to be, and nobody is missing. */
  boolean fits(StoredFile data, Set<String> out) {
    return file.equals(data.key())
        && restored >= 0
        && skipped >= 0
        && restored + skipped + keptOut.size() == data.items()
        && out.containsAll(keptOut);
  }
}
