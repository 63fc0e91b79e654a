package io.vestibule.backup;

import io.vestibule.keys.SigningKey;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;

/**
 * The list of backups: what is in the bucket with a signed {@code vestibule.json}, which is written
 * last. Whatever else lies about of one that was never finished is no backup.
 */
public final class Backups {

  private final Bucket bucket;
  private final SigningKey key;

  public Backups(Bucket bucket, SigningKey key) {
    this.bucket = bucket;
    this.key = key;
  }

  /** Signs a backup all of whose files are stored, and so puts it on the list. */
  public void add(Backup backup) {
    byte[] document = JsonDocument.of(backup);
    bucket.put(Backup.signature(backup.backup()), key.sign(document));
    bucket.put(Backup.document(backup.backup()), document);
  }

  public boolean contains(String id) {
    return bucket.find(Backup.document(id)).isPresent();
  }

  /** The id of the newest one; empty if there is none yet. */
  public Optional<String> latest() {
    return bucket.folders(Backup.ROOT).reversed().stream().filter(this::contains).findFirst();
  }

  /**
   * Reads a backup's document, whose signature says that it is ours.
   *
   * @throws RefusedBackup if it is not there, not signed, or not as it was signed
   */
  Backup open(String id) {
    byte[] document = required(Backup.document(id), "is missing");
    byte[] signature = required(Backup.signature(id), "is missing");
    if (!isSigned(document, signature, key.publicKey())) {
      throw new RefusedBackup(Backup.document(id), "is not what was signed");
    }
    Backup backup =
        JsonDocument.read(document, Backup.class)
            .orElseThrow(
                () -> new RefusedBackup(Backup.document(id), "is signed, and cannot be read"));
    if (!backup.type().equals(Backup.TYPE) || !backup.backup().equals(id)) {
      throw new RefusedBackup(Backup.document(id), "is that of another backup");
    }
    return backup;
  }

  private byte[] required(String key, String otherwise) {
    return bucket.find(key).orElseThrow(() -> new RefusedBackup(key, otherwise));
  }

  private static boolean isSigned(byte[] document, byte[] signature, PublicKey key) {
    try {
      var check = Signature.getInstance("SHA256withECDSA");
      check.initVerify(key);
      check.update(document);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // Not a signature at all.
    }
  }
}
