package io.vestibule.upkeep;

import io.vestibule.keys.NewKeys;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SealingKeys.PrivateKey;
import io.vestibule.store.rows.SealingKeyUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the system keys that are missing, a new sealing key, and an end of the old ones.
 *
 * <p>A private sealing key is destroyed once it has been retired for four days and no submission or
 * request that is open or held names it: an environment of intake may go on with a key for 24
 * hours, and what it seals may be confirmed for 72 more.
 */
public final class RotateKeys {

  private static final Duration RETIRED_FOR = Duration.ofDays(4);

  /**
   * After a leak of the key of links, whoever has it and can write rows of intake's keeps an old
   * sealing key alive by a row that names it, and confirms by what they seal for it. So nothing
   * keeps one that has been retired for so long, once its key of links has been replaced for so
   * long. What is handed in is held for 30 days and done within some days more.
   */
  private static final Duration OUTLIVED = Duration.ofDays(60);

  /**
   * A row that is released, or mailed again, goes back from a status that is looked at later to one
   * that was looked at before, and so escapes a look. It does not go back twice in such a time.
   */
  private static final int LOOKS = 2;

  private final NewKeys keys;
  private final SealingKeys sealingKeys;
  private final SealingKeyUse use;
  private final Clock clock;

  RotateKeys(NewKeys keys, SealingKeys sealingKeys, SealingKeyUse use, Clock clock) {
    this.keys = keys;
    this.sealingKeys = sealingKeys;
    this.use = use;
    this.clock = clock;
  }

  /**
   * Makes the system keys that are missing, and a new sealing key.
   *
   * @return the id of the sealing key that is current now
   */
  public String rotate() {
    Instant now = clock.instant();
    keys.createMissingSystemKeys(now);
    return keys.rotateSealingKey(now);
  }

  /**
   * Makes a new key of links, and a sealing key that goes with it.
   *
   * @return the id of the sealing key that is current now
   */
  public String rotateLinks() {
    return keys.rotateLinkKey(clock.instant());
  }

  /** Destroys the keys of links that nothing can need any more, and returns their numbers. */
  public List<Integer> destroyEndedLinks() {
    return keys.destroyEndedLinkKeys(clock.instant());
  }

  /**
   * Destroys the private keys that nothing can need any more.
   *
   * @return their ids
   */
  public List<String> destroyEnded() {
    List<String> ended = endedBefore(clock.instant().minus(RETIRED_FOR));
    for (int look = 0; look < LOOKS && !ended.isEmpty(); look++) {
      ended.removeAll(use.inUse());
    }
    Set<String> all = new LinkedHashSet<>(ended);
    all.addAll(outlived());
    all.forEach(sealingKeys::destroy);
    return List.copyOf(all);
  }

  private List<String> outlived() {
    var time = clock.instant().minus(OUTLIVED);
    return keys.ofLinksReplacedBefore(endedBefore(time), time);
  }

  /** A key retires when the next one is made. */
  private List<String> endedBefore(Instant time) {
    var all =
        sealingKeys.privateKeys().stream()
            .sorted(Comparator.comparing(PrivateKey::createdAt))
            .toList();
    List<String> ended = new ArrayList<>();
    for (int next = 1; next < all.size(); next++) {
      if (all.get(next).createdAt().isBefore(time)) {
        ended.add(all.get(next - 1).id());
      }
    }
    return ended;
  }
}
