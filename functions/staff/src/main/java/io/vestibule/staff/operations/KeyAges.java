package io.vestibule.staff.operations;

import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SealingKeys.PrivateKey;
import io.vestibule.store.keys.SystemKeys;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How old the keys are that are made anew: what is sealed with, and what makes links. No key. */
public record KeyAges(SealingKeys sealing, SystemKeys system) {

  /**
   * Keys of one kind.
   *
   * @param newest when it was made
   * @param older how many are kept besides, as something may need them yet
   */
  public record Kind(Instant newest, int older) {}

  /**
   * The key of links, which has versions.
   *
   * @param version of the newest
   */
  public record Links(int version, Kind kind) {}

  /** What is sealed with; empty before the first rotation. */
  public Optional<Kind> ofSealing() {
    List<PrivateKey> all = sealing.privateKeys();
    return all.stream()
        .map(PrivateKey::createdAt)
        .max(Comparator.naturalOrder())
        .map(newest -> new Kind(newest, all.size() - 1));
  }

  /** What links are made with; empty before there is one. */
  public Optional<Links> ofLinks() {
    var all = system.linksMadeAt();
    return Optional.ofNullable(all.lastEntry())
        .map(it -> new Links(it.getKey(), new Kind(it.getValue(), all.size() - 1)));
  }
}
