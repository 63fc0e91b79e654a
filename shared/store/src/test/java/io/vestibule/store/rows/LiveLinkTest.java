package io.vestibule.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A link ends when its mail says so, in any year that we can write. */
class LiveLinkTest {

  private static Instant end(Instant expiresAt) {
    var link = new LiveLink(1, expiresAt, new byte[32]);
    return LiveLink.read(Map.of("links", LiveLink.column(List.of(link)))).getFirst().expiresAt();
  }

  @Test
  void aLinkLivesInTheYearsAfter2038Too() {
    var expiresAt = Instant.parse("2038-01-20T12:00:00Z");

    assertThat(end(expiresAt)).isEqualTo(expiresAt);
  }

  @Test
  void aTimeThatNobodyCanWriteIsTheNearestThatOneCan() {
    assertThat(end(Instant.MAX)).isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(end(Instant.MIN)).isEqualTo(Instant.EPOCH);
  }
}
