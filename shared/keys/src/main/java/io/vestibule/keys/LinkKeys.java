package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import io.vestibule.store.Cached;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;

/**
 * The key of links, in versions. Each row needs the one that its sealing key names, so a link that
 * was mailed works as long as its row, whatever has become newest meanwhile.
 */
final class LinkKeys {

  private static final int OUTPUT_BYTES = 32;

  private final SystemKeys table;
  private final KeysetKey keysetKey;
  private final Cached<LinkVersion, Optional<PrfSet>> cached;

  LinkKeys(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.table = table;
    this.keysetKey = keysetKey;
    this.cached = new Cached<>(clock);
  }

  /**
   * The keyed hash of a text, 32 bytes; empty if there is no such version, as somebody made one up.
   *
   * @throws IllegalStateException if it does not unwrap
   */
  Optional<byte[]> of(LinkVersion version, String input) {
    try {
      var prf = cached.get(version, this::load);
      return prf.isEmpty()
          ? Optional.empty()
          : Optional.of(prf.get().computePrimary(input.getBytes(UTF_8), OUTPUT_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of links is not a PRF of 32 bytes", e);
    }
  }

  private Optional<PrfSet> load(LinkVersion version) throws GeneralSecurityException {
    var wrapped = table.wrappedLink(version.number());
    if (wrapped.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          keysetKey
              .unwrap(wrapped.get(), version.use(), PrfConfig2026.get())
              .getPrimitive(PrfConfig2026.get(), PrfSet.class));
    } catch (KeysetKey.CannotUnwrap e) {
      throw new IllegalStateException("the key of links does not unwrap", e);
    }
  }
}
