package io.vestibule.door;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What we prove to the issuer who we are with, kept for a few minutes: a sign-in need not ask for
 * it, and a new one is taken soon.
 */
final class ClientSecret implements Supplier<String> {

  private static final Duration KEPT = Duration.ofMinutes(5);

  private record Known(String secret, Instant at) {}

  private final Supplier<String> asked;
  private final Clock clock;
  private @Nullable Known known;

  ClientSecret(Supplier<String> asked, Clock clock) {
    this.asked = asked;
    this.clock = clock;
  }

  @Override
  public synchronized String get() {
    var now = clock.instant();
    var last = known;
    if (last == null || now.isBefore(last.at()) || !now.isBefore(last.at().plus(KEPT))) {
      last = new Known(asked.get(), now);
      known = last;
    }
    return last.secret();
  }
}
