package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.VerifiedBackup;
import io.vestibule.backup.restore.Sieve.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Counts what {@link WriteFile} would do. */
record CountFile(VerifiedBackup backup, Sieve sieve, Target target) {

  /** How many rows are looked for at a time. */
  private static final int BATCH = 1_000;

  RestoredFile run(StoredFile file) {
    var counting = new Counting();
    backup.read(file, counting);
    return counting.end(file);
  }

  /** Looks which of the rows that it is given are there, in batches. */
  private final class Counting implements VerifiedBackup.ItemReader {

    private final List<Map<String, AttributeValue>> batch = new ArrayList<>();
    private final Set<String> keptOut = new HashSet<>();
    private LeftOut leftOut = LeftOut.NONE;
    private long there;

    @Override
    public void accept(Map<String, AttributeValue> item) {
      Fate fate = sieve.fate(item);
      if (fate.keepsCustomerOut()) {
        keptOut.add(CustomerId.of(item));
      }
      leftOut = leftOut.and(fate);
      if (fate == Fate.WRITTEN) {
        batch.add(key(item));
      }
      if (batch.size() == BATCH) {
        flush();
      }
    }

    /** Rows are large: no more is kept of them. */
    private static Map<String, AttributeValue> key(Map<String, AttributeValue> item) {
      var key = new HashMap<>(item);
      key.keySet().retainAll(Target.KEYS);
      return key;
    }

    private void flush() {
      there += target.count(batch);
      batch.clear();
    }

    RestoredFile end(StoredFile file) {
      flush();
      return RestoredFile.of(
          file.key(), file.items() - leftOut.rows() - there, there, keptOut, leftOut);
    }
  }
}
