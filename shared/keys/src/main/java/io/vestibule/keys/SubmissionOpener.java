package io.vestibule.keys;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.vestibule.core.SealedContent;
import io.vestibule.core.Submission;
import io.vestibule.store.SealingKeys;
import io.vestibule.store.SubmissionRow;
import java.security.GeneralSecurityException;
import java.time.Clock;

/** Opens what intake sealed. */
public final class SubmissionOpener {

  private final SealingKeys table;
  private final KeysetKey keysetKey;
  private final Cached<String, HybridDecrypt> cached;

  public SubmissionOpener(SealingKeys table, KeysetKey keysetKey, Clock clock) {
    this.table = table;
    this.keysetKey = keysetKey;
    this.cached = new Cached<>(clock);
  }

  /**
   * Opens a row's content.
   *
   * @throws Unreadable if it was sealed for another row or form, its key was destroyed, or it is no
   *     submission: what no retry will change
   */
  public Submission open(SubmissionRow row) throws Unreadable {
    var keyId = row.sealed().sealingKey();
    var info = SealedContent.contextInfo(row.id(), row.form(), keyId);
    HybridDecrypt opener = cached.get(keyId, this::load);
    try {
      return Submission.parse(opener.decrypt(row.sealed().ciphertext(), info));
    } catch (GeneralSecurityException | Submission.Malformed e) {
      throw new Unreadable(e);
    }
  }

  private HybridDecrypt load(String keyId) throws Unreadable {
    byte[] wrapped = table.wrapped(keyId).orElseThrow(() -> new Unreadable("no such sealing key"));
    try {
      var config = HybridConfig2026.get();
      return keysetKey
          .unwrap(wrapped, KeyUse.sealing(keyId), config)
          .getPrimitive(config, HybridDecrypt.class);
    } catch (GeneralSecurityException | KeysetKey.CannotUnwrap e) {
      throw new Unreadable(e);
    }
  }

  /** What was sealed does not open, and never will. */
  public static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason);
    }

    Unreadable(Exception cause) {
      super("what was sealed does not open", cause);
    }
  }
}
