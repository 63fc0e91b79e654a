package io.vestibule.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A finished backup, as {@code vestibule.json} tells of it and its signature vouches for it.
 *
 * @param type {@link #TYPE}: what the signature was given for
 * @param backup its id: when it began, in milliseconds, and a random part, as DynamoDB names its
 *     exports; so ids sort by time
 * @param engine how customers were copied: {@code scan} or {@code export}
 */
public record Backup(
    String type,
    String backup,
    String engine,
    Instant startedAt,
    Instant endedAt,
    List<Copy> tables) {

  public static final String TYPE = "vestibule-backup-1";

  /** Where all backups are. */
  static final String ROOT = "backups/";

  /**
   * The copy of one table, in the layout of DynamoDB's export.
   *
   * @param kind which one, as {@link Kind} names it; a later version may copy others: this version
   *     compares them with what was signed, and does not restore them
   * @param table its name, when it was read
   * @param startedAt everything that was in the table by then is in the copy
   * @param data the data files
   * @param manifests the manifests and their checksums
   */
  public record Copy(
      String kind,
      String table,
      Instant startedAt,
      Instant endedAt,
      long items,
      List<StoredFile> data,
      List<StoredFile> manifests) {}

  public static String folder(String id) {
    return ROOT + id + "/";
  }

  /** What is written last: without it there is no backup. */
  public static String document(String id) {
    return folder(id) + "vestibule.json";
  }

  static String signature(String id) {
    return folder(id) + "vestibule.sig";
  }

  public Copy copy(Kind kind) {
    return find(kind)
        .orElseThrow(() -> new RefusedBackup(document(backup), "has no copy of " + kind.folder()));
  }

  /** The copy of a table; empty if the version that took the backup copied none of it. */
  public Optional<Copy> find(Kind kind) {
    return tables.stream().filter(copy -> copy.kind().equals(kind.name())).findFirst();
  }

  /** How many customers are in it. */
  @JsonIgnore
  public long items() {
    return copy(Kind.CUSTOMERS).items();
  }

  /** How many entries of customers are in it. */
  @JsonIgnore
  public long entries() {
    return find(Kind.ENTRIES).map(Copy::items).orElse(0L);
  }

  /** How long its data files are, as stored. */
  @JsonIgnore
  public long bytes() {
    return tables.stream().flatMap(copy -> copy.data().stream()).mapToLong(StoredFile::bytes).sum();
  }

  /** How many data files it has. */
  @JsonIgnore
  public int parts() {
    return tables.stream().mapToInt(copy -> copy.data().size()).sum();
  }
}
