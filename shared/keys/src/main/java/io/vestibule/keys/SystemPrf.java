package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import io.vestibule.store.Cached;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;

/**
 * A keyed hash of the installation: HMAC-SHA256 as a pseudo-random function, 32 bytes of output.
 * Its keyset is wrapped in the system-keys table.
 */
final class SystemPrf {

  private static final int OUTPUT_BYTES = 32;

  private final SystemKeys table;
  private final KeysetKey keysetKey;
  private final SystemKeys.Name name;
  private final Cached<SystemKeys.Name, PrfSet> cached;

  SystemPrf(SystemKeys table, KeysetKey keysetKey, SystemKeys.Name name, Clock clock) {
    this.table = table;
    this.keysetKey = keysetKey;
    this.name = name;
    this.cached = new Cached<>(clock);
  }

  byte[] of(String input) {
    try {
      return cached.get(name, this::load).computePrimary(input.getBytes(UTF_8), OUTPUT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset " + name.text() + " is not a PRF of 32 bytes", e);
    }
  }

  /** The same as 43 characters of URL-safe base64. */
  String text(String input) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(of(input));
  }

  private PrfSet load(SystemKeys.Name name) throws GeneralSecurityException {
    return SystemKeyset.load(table, keysetKey, name)
        .getPrimitive(PrfConfig2026.get(), PrfSet.class);
  }
}
