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
  private static final int SECOND = 2;

  private final SystemKeys table;
  private final KeysetKey keysetKey;
  private final Cached<LinkVersion, PrfSet> cached;

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
      return Optional.of(prf.computePrimary(input.getBytes(UTF_8), OUTPUT_BYTES));
    } catch (NoSuchVersion e) {
      if (version.equals(LinkVersion.FIRST) && table.wrappedLink(SECOND).isEmpty()) {
        // It was never replaced, so it was lost, and nobody must be held for that. One that was
        // replaced may be destroyed: who names it then must not keep others waiting.
        throw new IllegalStateException("the first key of links is missing", e);
      }
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of links is not a PRF of 32 bytes", e);
    }
  }

  private PrfSet load(LinkVersion version) throws GeneralSecurityException {
    var wrapped = table.wrappedLink(version.number()).orElseThrow(NoSuchVersion::new);
    try {
      return keysetKey
          .unwrap(wrapped, version.use(), PrfConfig2026.get())
          .getPrimitive(PrfConfig2026.get(), PrfSet.class);
    } catch (KeysetKey.CannotUnwrap e) {
      throw new IllegalStateException("the key of links does not unwrap", e);
    }
  }

  /** Not remembered: after a recovery it is there. */
  private static final class NoSuchVersion extends GeneralSecurityException {
    private static final long serialVersionUID = 1;
  }
}
