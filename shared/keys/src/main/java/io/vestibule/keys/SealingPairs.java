package io.vestibule.keys;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.vestibule.keys.SubmissionOpener.Unreadable;
import io.vestibule.store.Cached;
import io.vestibule.store.keys.SealingKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;

/** Sealing keys with both halves, unwrapped, for who may open what is sealed with them. */
final class SealingPairs {

  private final SealingKeys table;
  private final KeysetKey keysetKey;
  private final Cached<String, Pair> cached;

  SealingPairs(SealingKeys table, KeysetKey keysetKey, Clock clock) {
    this.table = table;
    this.keysetKey = keysetKey;
    this.cached = new Cached<>(clock);
  }

  /** Both halves of one key. */
  record Pair(HybridDecrypt opener, HybridEncrypt sealer) {}

  /**
   * A key.
   *
   * @throws Unreadable if there is none of that id, or none that opens
   */
  Pair of(String keyId) throws Unreadable {
    return cached.get(keyId, this::load);
  }

  private Pair load(String keyId) throws Unreadable {
    byte[] wrapped = table.wrapped(keyId).orElseThrow(() -> new Unreadable("no such sealing key"));
    try {
      var config = HybridConfig2026.get();
      var keyset = keysetKey.unwrap(wrapped, KeyUse.sealing(keyId), config);
      return new Pair(
          keyset.getPrimitive(config, HybridDecrypt.class),
          keyset.getPublicKeysetHandle().getPrimitive(config, HybridEncrypt.class));
    } catch (GeneralSecurityException | KeysetKey.CannotUnwrap e) {
      throw new Unreadable(e);
    }
  }
}
