package io.vestibule.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Unwrapped keys and secrets, kept for a few minutes. So a warm function asks KMS or Secrets
 * Manager once and not for every record, and a destroyed key is gone from memory soon after it is
 * gone from the table.
 *
 * <p>The time is the wall clock's, which also runs while an environment is frozen.
 */
public final class Cached<K, V> {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private record Entry<V>(V value, Instant loadedAt) {}

  private final Clock clock;
  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();

  public Cached(Clock clock) {
    this.clock = clock;
  }

  /** A value that may fail to load, with a checked exception of its own. */
  public interface Loader<K, V, E extends Exception> {
    V load(K key) throws E;
  }

  /**
   * The value of a key, which is loaded if it is not known, or is five minutes old.
   *
   * @throws E it cannot be loaded
   */
  public <E extends Exception> V get(K key, Loader<K, V, E> loader) throws E {
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
