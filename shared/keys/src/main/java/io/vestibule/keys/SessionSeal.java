package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.aead.AeadConfig2026;
import io.vestibule.store.Cached;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;

/**
 * Seals what somebody else carries for us: AES-256-GCM under the keyset {@code session}. Who
 * carries it can neither read it nor make another.
 */
public final class SessionSeal {

  private static final byte[] BOUND_TO = "staff-session|1".getBytes(UTF_8);

  private final SystemKeys table;
  private final KeysetKey keysetKey;
  private final Cached<SystemKeys.Name, Aead> cached;

  public SessionSeal(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.table = table;
    this.keysetKey = keysetKey;
    this.cached = new Cached<>(clock);
  }

  /** Seals it, as URL-safe base64. */
  public String seal(byte[] content) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(key().encrypt(content, BOUND_TO));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset session is not an AEAD", e);
    }
  }

  /** Opens it; empty for everything that {@link #seal} has not made. */
  public Optional<byte[]> open(String sealed) {
    try {
      byte[] ciphertext = Base64.getUrlDecoder().decode(sealed);
      return Optional.of(key().decrypt(ciphertext, BOUND_TO));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private Aead key() {
    return cached.get(SystemKeys.Name.SESSION, this::load);
  }

  private Aead load(SystemKeys.Name name) {
    try {
      return SystemKeyset.load(table, keysetKey, name)
          .getPrimitive(AeadConfig2026.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset session is not an AEAD", e);
    }
  }
}
