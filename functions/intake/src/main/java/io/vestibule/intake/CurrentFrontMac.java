package io.vestibule.intake;

import io.vestibule.core.FrontMac;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.keys.SystemKeys;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The key of the front's hashes, read once, when it is first needed: it stays the same for good.
 */
final class CurrentFrontMac {

  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(CurrentFrontMac.class);

  private final SystemKeys table;
  private final Clock clock;
  private @Nullable FrontMac fetched;
  private Instant nextFetch = Instant.MIN;

  CurrentFrontMac(SystemKeys table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** For what cannot be done without it; empty if it cannot be read now. */
  synchronized Optional<FrontMac> get() {
    if (fetched == null) {
      nextFetch = clock.instant().plus(RETRY);
      fetch().ifPresent(mac -> fetched = mac);
    }
    return Optional.ofNullable(fetched);
  }

  /** For what can do without: a table that hangs must not delay every page. */
  synchronized Optional<FrontMac> getUnlessItJustFailed() {
    return fetched == null && clock.instant().isBefore(nextFetch) ? Optional.empty() : get();
  }

  private Optional<FrontMac> fetch() {
    try {
      var keyset = table.frontMac();
      return keyset.isEmpty() ? Optional.empty() : Optional.of(FrontMac.parse(keyset.get()));
    } catch (SdkException | GeneralSecurityException e) {
      LOG.error(
          "The key of the front's hashes cannot be read",
          OperatorCode.FRONT_MAC_NOT_READ.entry(),
          new Redacted(e));
      return Optional.empty();
    }
  }
}
