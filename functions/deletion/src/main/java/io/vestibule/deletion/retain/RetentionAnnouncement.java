package io.vestibule.deletion.retain;

import io.vestibule.core.forms.Retention;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.people.RetentionNotice.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** From when on the rules of retention, as they are now, take anything away. */
public final class RetentionAnnouncement {

  private final Retention retention;
  private final RetentionNotice notice;
  private final Duration time;
  private final Clock clock;

  public RetentionAnnouncement(
      Retention retention, RetentionNotice notice, Duration time, Clock clock) {
    this.retention = retention;
    this.notice = notice;
    this.time = time;
    this.clock = clock;
  }

  /** When that is or was. If the rules are new, they are announced from now on. */
  Instant end(State state) {
    var now = clock.instant();
    var rules = retention.rules();
    var announcedAt = state.announcedAt().filter(_ -> state.rules().equals(rules));
    if (announcedAt.isEmpty()) {
      notice.announce(rules, now);
    }
    return announcedAt.orElse(now).plus(time);
  }

  /** The same, for who has not read the notice. */
  Instant end() {
    return end(notice.read());
  }
}
