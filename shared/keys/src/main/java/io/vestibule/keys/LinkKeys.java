package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import io.vestibule.store.Cached;
import io.vestibule.store.keys.SealingKeys.PrivateKey;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The key of links, in versions. Each row needs the one that its sealing key names, so a link that
 * was mailed works as long as its row, whatever has become newest meanwhile.
 */
public final class LinkKeys {

  private static final int OUTPUT_BYTES = 32;

  /**
   * Nothing needs a version any more that is not the newest, when no sealing key names it and its
   * successor is so old: what awaits answers names it for a year after the press, and between the
   * last sealing and the press are some months at most.
   */
  public static final Duration NEEDED = Duration.ofDays(500);

  private final SystemKeys table;
  private final KeysetKey keysetKey;
  private final Cached<LinkVersion, Optional<PrfSet>> cached;

  public LinkKeys(SystemKeys table, KeysetKey keysetKey, Clock clock) {
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

  /**
   * The newest version that a sealing key names and that is there: a row that somebody adds to the
   * sealing keys must not have all that follow name a version that nobody made.
   */
  LinkVersion newest(List<PrivateKey> sealing) {
    return sealing.stream()
        .map(key -> LinkVersion.of(key.id()).number())
        .distinct()
        .sorted(Comparator.reverseOrder())
        .filter(number -> number == 1 || table.wrappedLink(number).isPresent())
        .findFirst()
        .map(LinkVersion::new)
        .orElse(LinkVersion.FIRST);
  }

  /**
   * Makes the version after all that there are.
   *
   * @param sealing the sealing keys that there are
   */
  LinkVersion create(List<PrivateKey> sealing, Instant now) {
    var version = newest(sealing).next();
    while (table.wrappedLink(version.number()).isPresent()) {
      version = version.next();
    }
    try {
      var keyset =
          KeysetHandle.generateNew(
              SystemKeyset.parameters(SystemKeys.Name.LINK), PrfConfig2026.get());
      table.addLink(
          version.number(), keysetKey.wrap(keyset, version.use(), PrfConfig2026.get()), now);
      return version;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("keys of 256 bits can always be generated", e);
    }
  }

  /**
   * Destroys the versions that nothing needs any more.
   *
   * @return their numbers
   */
  public List<Integer> destroyEnded(List<PrivateKey> sealing, Instant now) {
    Set<LinkVersion> needed = new HashSet<>();
    sealing.forEach(key -> needed.add(LinkVersion.of(key.id())));
    return IntStream.range(1, newest(sealing).number())
        .filter(number -> !needed.contains(new LinkVersion(number)))
        .filter(number -> isLongReplaced(number, now))
        .peek(table::destroyLink)
        .boxed()
        .toList();
  }

  private boolean isLongReplaced(int number, Instant now) {
    return table.wrappedLink(number).isPresent()
        && table.linkMadeAt(number + 1).filter(at -> at.plus(NEEDED).isBefore(now)).isPresent();
  }
}
