package io.vestibule.intake;

import io.vestibule.core.OperatorCode;
import io.vestibule.core.SealingKey;
import io.vestibule.store.Redacted;
import io.vestibule.store.keys.SealingKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The key to seal with, read from the table at most every 5 minutes.
 *
 * <p>When the table cannot be read, intake goes on with the key that it has. An old key is only an
 * alarm, but a form that takes nothing is an outage. But not with one that it fetched more than 24
 * hours ago, by the wall clock: an environment may have been frozen for days, and what is sealed
 * for a destroyed key is lost.
 */
final class CurrentSealingKey {

  private static final Duration REFRESH = Duration.ofMinutes(5);
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration USABLE = Duration.ofHours(24);
  private static final Logger LOG = LoggerFactory.getLogger(CurrentSealingKey.class);

  private record Fetched(SealingKey key, Set<String> asksWork, Instant at) {

    /** A clock that was set back makes a key old, not young for ever. */
    boolean isYoungerThan(Duration age, Instant now) {
      var elapsed = Duration.between(at, now);
      return !elapsed.isNegative() && elapsed.compareTo(age) < 0;
    }
  }

  private final SealingKeys table;
  private final Clock clock;
  private @Nullable Fetched fetched;
  private Instant nextFetch = Instant.MIN;

  CurrentSealingKey(SealingKeys table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** The key to seal with; empty if there is none that may be used now. */
  synchronized Optional<SealingKey> get() {
    Instant now = clock.instant();
    refresh(now);
    return Optional.ofNullable(fetched)
        .filter(held -> held.isYoungerThan(USABLE, now))
        .map(Fetched::key);
  }

  /**
   * Whether a form asks for work now, if it does so only while it is needed. What cannot be read is
   * as it was.
   */
  synchronized boolean asksWork(String form) {
    Instant now = clock.instant();
    if (!now.isBefore(nextFetch)) {
      refresh(now);
    }
    return fetched != null && fetched.asksWork().contains(form);
  }

  private void refresh(Instant now) {
    // A table that hangs must not delay every post: with a usable key, the next try can wait.
    if (!has(REFRESH, now) && (!has(USABLE, now) || !now.isBefore(nextFetch))) {
      nextFetch = now.plus(RETRY);
      fetch(now).ifPresent(current -> fetched = current);
    }
  }

  private boolean has(Duration age, Instant now) {
    return fetched != null && fetched.isYoungerThan(age, now);
  }

  private Optional<Fetched> fetch(Instant now) {
    try {
      var current = table.current();
      if (current.isEmpty()) {
        return Optional.empty();
      }
      var key = SealingKey.parse(current.get().id(), current.get().keyset());
      return Optional.of(new Fetched(key, current.get().asksWork(), now));
    } catch (SdkException | IllegalStateException | GeneralSecurityException e) {
      LOG.error(
          "The public sealing key cannot be read",
          OperatorCode.SEALING_KEY_NOT_READ.entry(),
          new Redacted(e));
      return Optional.empty();
    }
  }
}
