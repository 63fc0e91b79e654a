package io.vestibule.backup;

import io.vestibule.store.Table;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is backed up, in this order. Entries are written with their customer: whoever is in the copy
 * of the customers has all that they had handed in by then in the copy that follows. An erasure
 * that comes while either is read is in the copy of the erasures, which are read after both.
 *
 * <p>Identities are not among them, and so no person's key; nor is anything that is unverified.
 */
public enum Kind {
  CUSTOMERS(Table.CUSTOMERS, "customers", "customerId"),
  ENTRIES(Table.ENTRIES, "entries", "customerId", "entryId"),
  ERASURES(Table.ERASURES, "erasures", "customerId"),
  SYSTEM_KEYS(Table.SYSTEM_KEYS, "system-keys", "name");

  private final Table table;
  private final String folder;
  private final String key;
  private final @Nullable String sortKey;

  Kind(Table table, String folder, String key) {
    this(table, folder, key, null);
  }

  Kind(Table table, String folder, String key, @Nullable String sortKey) {
    this.table = table;
    this.folder = folder;
    this.key = key;
    this.sortKey = sortKey;
  }

  /** The tables of all of them. */
  public static Table[] tables() {
    return Arrays.stream(values()).map(Kind::table).toArray(Table[]::new);
  }

  /** The table that it is in. */
  public Table table() {
    return table;
  }

  /** The folder of the copy, within the backup's. */
  public String folder() {
    return folder;
  }

  /** The table's partition key, a string. */
  public String key() {
    return key;
  }

  /** The table's sort key, a string; null if it has none. */
  public @Nullable String sortKey() {
    return sortKey;
  }
}
