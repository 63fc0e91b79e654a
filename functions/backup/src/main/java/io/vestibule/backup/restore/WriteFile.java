package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.backup.restore.Sieve.Fate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes the rows of one file to a place, in batches, and writes down that the file is done. */
record WriteFile(VerifiedBackup backup, Sieve sieve, Place place) {

  RestoredFile run(StoredFile file) {
    var writing = new Writing();
    backup.read(file, writing);
    RestoredFile written = writing.end(file.key());
    place.progress().keep(written);
    return written;
  }

  /** Writes what it is given, in batches. */
  private final class Writing implements VerifiedBackup.ItemReader {

    private final List<Map<String, AttributeValue>> batch = new ArrayList<>();
    private final Set<String> keptOut = new HashSet<>();
    private LeftOut leftOut = LeftOut.NONE;
    private long restored;
    private long skipped;

    @Override
    public void accept(Map<String, AttributeValue> item) throws IOException {
      Fate fate = sieve.fate(item);
      if (fate.keepsCustomerOut()) {
        keptOut.add(CustomerId.of(item));
      }
      leftOut = leftOut.and(fate);
      if (fate == Fate.WRITTEN) {
        batch.add(item);
      }
      if (batch.size() == Target.BATCH) {
        flush();
      }
    }

    private void flush() {
      if (!batch.isEmpty()) {
        int written = place.target().write(batch);
        restored += written;
        skipped += batch.size() - written;
        batch.clear();
      }
    }

    RestoredFile end(String file) {
      flush();
      return RestoredFile.of(file, restored, skipped, keptOut, leftOut);
    }
  }
}
