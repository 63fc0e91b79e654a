package io.vestibule.keys;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.prf.PrfConfig2026;
import io.vestibule.store.keys.SealingKeys.PrivateKey;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the versions of the key of links, and destroys those that nothing needs any more. */
final class LinkVersions {

  /**
   * Nothing needs a version any more that no sealing key names and whose successor is so old: what
   * awaits answers names it for a year after the press, and between the last sealing and the press
   * are some months at most.
   */
  static final Duration NEEDED = Duration.ofDays(500);

  private final SystemKeys table;
  private final KeysetKey keysetKey;

  LinkVersions(SystemKeys table, KeysetKey keysetKey) {
    this.table = table;
    this.keysetKey = keysetKey;
  }

  /** Whether there is one yet. */
  boolean exist() {
    return !table.linksMadeAt().isEmpty();
  }

  /**
   * The newest that was made, whether or not a sealing key names it: a rotation may have died
   * before one did, and while an earlier version of ours is rolled back to, none does.
   */
  LinkVersion newest() {
    var versions = table.linksMadeAt();
    return versions.isEmpty() ? LinkVersion.FIRST : new LinkVersion(versions.lastKey());
  }

  /** Makes the version after all that there are, unless somebody was faster. */
  void create(Instant now) {
    var version = newest().next();
    try {
      var keyset =
          KeysetHandle.generateNew(
              SystemKeyset.parameters(SystemKeys.Name.LINK), PrfConfig2026.get());
      var wrapped = keysetKey.wrap(keyset, version.use(), PrfConfig2026.get());
      table.addLink(version.number(), wrapped, now);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("keys of 256 bits can always be generated", e);
    }
  }

  /** The versions that are there and whose successor was made before a time. */
  Set<LinkVersion> replacedBefore(Instant time) {
    var versions = table.linksMadeAt();
    return versions.keySet().stream()
        .filter(it -> versions.tailMap(it, false).values().stream().anyMatch(time::isAfter))
        .map(LinkVersion::new)
        .collect(Collectors.toSet());
  }

  /**
   * Destroys the versions that nothing needs any more.
   *
   * @return their numbers
   */
  List<Integer> destroyEnded(List<PrivateKey> sealing, Instant now) {
    var ended = replacedBefore(now.minus(NEEDED));
    sealing.forEach(key -> ended.remove(LinkVersion.of(key.id())));
    var madeAt = table.linksMadeAt();
    List<Integer> destroyed = new ArrayList<>();
    for (int version : ended.stream().map(LinkVersion::number).sorted().toList()) {
      var at = madeAt.get(version);
      if (at != null && table.destroyLink(version, at)) {
        destroyed.add(version);
      }
    }
    return destroyed;
  }
}
