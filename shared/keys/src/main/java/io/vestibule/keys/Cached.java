package io.vestibule.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Unwrapped keys, kept for a few minutes. So a warm function asks KMS once and not for every
 * record, and a destroyed key is gone from memory soon after it is gone from the table.
 *
 * <p>The time is the wall clock's, which also runs while an environment is frozen.
 */
final class Cached<K, V> {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private record Entry<V>(V value, Instant loadedAt) {}

  private final Clock clock;
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

  Cached(Clock clock) {
    this.clock = clock;
  }

  /** A value that may fail to load, with a checked exception of its own. */
  interface Loader<K, V, E extends Exception> {
    V load(K key) throws E;
  }

  <E extends Exception> V get(K key, Loader<K, V, E> loader) throws E {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> !fresh(entry, now));
    Entry<V> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(loader.load(key), now);
      entries.put(key, entry);
    }
    return entry.value();
  }

  /** A clock that was set back makes an entry old, not young for ever. */
  private static boolean fresh(Entry<?> entry, Instant now) {
    var age = Duration.between(entry.loadedAt(), now);
    return !age.isNegative() && age.compareTo(KEPT) < 0;
  }
}
