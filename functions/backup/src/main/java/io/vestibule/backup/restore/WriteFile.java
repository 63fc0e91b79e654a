package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.VerifiedBackup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes the customers of one file to a table, in batches, and writes down that the file is done.
 *
 * @param out the numbers that it keeps out
 */
record WriteFile(VerifiedBackup backup, Set<String> out, Target target, RestoreProgress progress) {

  RestoredFile run(StoredFile file) {
    var writing = new Writing();
    backup.read(file, writing);
    RestoredFile written = writing.end(file.key());
    progress.keep(written);
    return written;
  }

  /** Writes what it is given, in batches. */
  private final class Writing implements VerifiedBackup.ItemReader {

    private final List<Map<String, AttributeValue>> batch = new ArrayList<>();
    private final Set<String> keptOut = new HashSet<>();
    private long restored;
    private long skipped;

    @Override
    public void accept(Map<String, AttributeValue> item) throws IOException {
      if (out.contains(CustomerId.of(item))) {
        keptOut.add(CustomerId.of(item));
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

    RestoredFile end(String file) {
      flush();
      return new RestoredFile(file, restored, skipped, keptOut);
    }
  }
}
