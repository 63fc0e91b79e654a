package io.vestibule.backup;

import io.vestibule.store.Table;
import java.util.Arrays;

/**
 * What is backed up, in this order: an erasure that comes while customers are read is in the copy
 * of the erasures that follows.
 *
 * <p>Identities are not among them, and so no person's key; nor is anything that is unverified.
 */
public enum Kind {
  CUSTOMERS(Table.CUSTOMERS, "customers", "customerId"),
  ERASURES(Table.ERASURES, "erasures", "customerId"),
  SYSTEM_KEYS(Table.SYSTEM_KEYS, "system-keys", "name");

  private final Table table;
  private final String folder;
  private final String key;

  Kind(Table table, String folder, String key) {
    this.table = table;
    this.folder = folder;
    this.key = key;
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
}
