package io.vestibule.door;

import io.vestibule.store.Cached;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What we prove to the issuer who we are with, kept for a few minutes: a sign-in need not ask for
 * it, and a new one is taken soon.
 */
final class ClientSecret implements Supplier<String> {

  private final Supplier<String> asked;
  private final Cached<String, String> cached;

  ClientSecret(Supplier<String> asked, Clock clock) {
    this.asked = asked;
    this.cached = new Cached<>(clock);
  }

  @Override
  public String get() {
    return cached.get("the only one", _ -> asked.get());
  }
}
