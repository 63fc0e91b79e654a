package io.vestibule.backup;

/**
 * What is backed up, in this order: an erasure that comes while customers are read is in the copy
 * of the erasures that follows.
 *
 * <p>Identities are not among them, and so no person's key; nor is anything that is unverified.
 */
public enum Kind {
  CUSTOMERS("customers", "customerId"),
  ERASURES("erasures", "customerId"),
  SYSTEM_KEYS("system-keys", "name");

  private final String folder;
  private final String key;

  Kind(String folder, String key) {
    this.folder = folder;
    this.key = key;
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
