package io.vestibule.deletion.answer;

import io.vestibule.core.DataCopy;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownEntries;
import io.vestibule.keys.KnownEntries.KnownEntry;
import java.util.ArrayList;
import java.util.List;

/** What somebody handed in, each time by itself, for the copy of their data. */
public final class CopyOfEntries {

  /** The page must fit in Lambda's 6 MB, and markup makes of a text several times its length. */
  private static final int MOST_BYTES = 2 * 1024 * 1024;

  private final KnownEntries entries;
  private final Wordings wordings;

  public CopyOfEntries(KnownEntries entries, Wordings wordings) {
    this.entries = entries;
    this.wordings = wordings;
  }

  /**
   * Entries.
   *
   * @param newest the newest first
   * @param isMore whether there are more than fit
   */
  record Told(List<DataCopy.Entry> newest, boolean isMore) {

    static final Told NONE = new Told(List.of(), false);
  }

  Told of(KnownCustomer customer) throws KnownCustomers.Unreadable {
    var told = new ArrayList<DataCopy.Entry>();
    int[] bytes = {0};
    boolean areAll =
        entries.read(
            customer,
            entry -> {
              bytes[0] += entry.row().ciphertext().length;
              return bytes[0] <= MOST_BYTES && told.add(told(entry));
            });
    return new Told(List.copyOf(told), !areAll);
  }

  private DataCopy.Entry told(KnownEntry entry) {
    var row = entry.row();
    var record = entry.record();
    return new DataCopy.Entry(
        row.entryId().number().value(),
        row.form(),
        row.receivedAt(),
        record.source(),
        record.language(),
        record.fields(),
        record.consents(),
        record.hanging(),
        record.optsOut(),
        record.flags(),
        entry.tags().stream().filter(this::isTag).sorted().toList(),
        record.synthetic(),
        record.unknown());
  }

  /** Whoever may write the row may have put words of theirs there: they would reach the person. */
  private boolean isTag(String id) {
    return wordings.of(Wordings.DEFAULT).messages().containsKey("staff.tag." + id);
  }
}
