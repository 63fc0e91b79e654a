package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;

/**
 * Seals what a lane keeps for its target between two runs, such as an access token: AES-256-GCM, by
 * a key that is derived from the keyset {@code delivery} and is another for each target. So what
 * one lane has cannot be put into another.
 */
public final class LaneSeal {

  private final SystemPrf prf;

  public LaneSeal(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.prf = new SystemPrf(table, keysetKey, SystemKeys.Name.DELIVERY, clock);
  }

  /** Seals it. */
  public byte[] seal(String target, String text) {
    try {
      return new AesGcmJce(key(target)).encrypt(text.getBytes(UTF_8), boundTo(target));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has AES-GCM", e);
    }
  }

  /** Opens it; empty for everything that {@link #seal} has not made for this target. */
  public Optional<String> open(String target, byte[] sealed) {
    try {
      return Optional.of(
          new String(new AesGcmJce(key(target)).decrypt(sealed, boundTo(target)), UTF_8));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private byte[] key(String target) {
    return prf.of("lane-key|" + target);
  }

  private static byte[] boundTo(String target) {
    return ("lane|1|" + target).getBytes(UTF_8);
  }
}
