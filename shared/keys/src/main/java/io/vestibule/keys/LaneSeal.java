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

  /** Seals what is about nobody. */
  public byte[] seal(String target, String text) {
    return encrypt(target, text, boundTo(target));
  }

  /** Seals what is about one customer. */
  public byte[] seal(String target, String customerId, String text) {
    return encrypt(target, text, boundTo(target, customerId));
  }

  private byte[] encrypt(String target, String text, byte[] boundTo) {
    try {
      return new AesGcmJce(key(target)).encrypt(text.getBytes(UTF_8), boundTo);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has AES-GCM", e);
    }
  }

  /** Opens it; empty for everything that {@link #seal} has not made for this target. */
  public Optional<String> open(String target, byte[] sealed) {
    return decrypt(target, sealed, boundTo(target));
  }

  /** The same of what is about one customer. */
  public Optional<String> open(String target, String customerId, byte[] sealed) {
    return decrypt(target, sealed, boundTo(target, customerId));
  }

  private Optional<String> decrypt(String target, byte[] sealed, byte[] boundTo) {
    try {
      return Optional.of(new String(new AesGcmJce(key(target)).decrypt(sealed, boundTo), UTF_8));
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

  private static byte[] boundTo(String target, String customerId) {
    return ("lane-handle|1|" + target + "|" + customerId).getBytes(UTF_8);
  }
}
