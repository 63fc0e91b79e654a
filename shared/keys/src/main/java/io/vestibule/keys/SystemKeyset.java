package io.vestibule.keys;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.PrfConfig2026;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Instant;

/** Makes and unwraps the keysets of the installation. */
final class SystemKeyset {

  private SystemKeyset() {}

  /** Makes the keyset, unless there is one. */
  static void create(SystemKeys table, KeysetKey keysetKey, SystemKeys.Name name, Instant now) {
    if (table.wrapped(name).isPresent()) {
      return;
    }
    try {
      var config = config(name);
      var keyset = KeysetHandle.generateNew(parameters(name), config);
      table.add(name, keysetKey.wrap(keyset, KeyUse.system(name), config), now);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("keys of 256 bits can always be generated", e);
    }
  }

  /**
   * Unwraps it: one KMS request.
   *
   * @throws IllegalStateException it is not there, or not ours
   */
  static KeysetHandle load(SystemKeys table, KeysetKey keysetKey, SystemKeys.Name name) {
    byte[] wrapped =
        table
            .wrapped(name)
            .orElseThrow(
                () -> new IllegalStateException("no system key " + name.text() + ": not deployed"));
    try {
      return keysetKey.unwrap(wrapped, KeyUse.system(name), config(name));
    } catch (KeysetKey.CannotUnwrap e) {
      throw new IllegalStateException("the system key " + name.text() + " does not unwrap", e);
    }
  }

  private static Configuration config(SystemKeys.Name name) {
    return name == SystemKeys.Name.SESSION ? AeadConfig2026.get() : PrfConfig2026.get();
  }

  /** What seals, seals; all others are keyed hashes. */
  static Parameters parameters(SystemKeys.Name name) throws GeneralSecurityException {
    return name == SystemKeys.Name.SESSION
        ? PredefinedAeadParameters.AES256_GCM
        : HmacPrfParameters.builder()
            .setKeySizeBytes(32)
            .setHashType(HmacPrfParameters.HashType.SHA256)
            .build();
  }
}
