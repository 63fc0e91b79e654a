package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ClientSecretTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final AtomicInteger asked = new AtomicInteger();
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final ClientSecret secret =
      new ClientSecret(() -> "secret " + asked.incrementAndGet(), clock);

  @Test
  void itIsAskedForOnceInFiveMinutes() {
    assertThat(secret.get()).isEqualTo("secret 1");
    now.set(NOON.plus(Duration.ofMinutes(5)).minusMillis(1));
    assertThat(secret.get()).isEqualTo("secret 1");
    now.set(NOON.plus(Duration.ofMinutes(5)));
    assertThat(secret.get()).isEqualTo("secret 2");
    now.set(NOON);
    assertThat(secret.get()).as("a clock that was set back").isEqualTo("secret 3");
  }
}
