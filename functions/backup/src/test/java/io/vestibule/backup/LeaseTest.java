package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vestibule.core.Env;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaseTest extends BackupAccount {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final String KEY = "leases/backup.json";

  private Lease lease;

  @BeforeEach
  void beginWithNone() {
    backups.delete(KEY);
    lease = another();
  }

  private Lease another() {
    return another(clock);
  }

  private Lease another(Clock at) {
    var env = Env.of(account.variables("BackupFunction"));
    return new Lease(Bucket.of(env, backups.bucket()), "backup", new SecureRandom(), at);
  }

  @Test
  void whileOneRunIsAtItAnotherDoesNothing() {
    var answer =
        lease.hold(
            LONGEST,
            _ -> new Lease.Result<>(another().hold(LONGEST, _ -> done("second")).isEmpty(), true));

    assertThat(answer).hasValue(true);
    assertThat(another().hold(LONGEST, _ -> done("third"))).hasValue("third");
  }

  @Test
  void whatFailedIsToBeMadeUpForUntilItIsDone() {
    assertThat(lease.isFree()).isTrue();
    fails();
    assertThat(lease.isFree()).isFalse();

    assertThat(lease.hold(LONGEST, afterFailure -> done(afterFailure))).hasValue(true);

    assertThat(lease.isFree()).isTrue();
    assertThat(lease.hold(LONGEST, afterFailure -> done(afterFailure))).hasValue(false);
  }

  @Test
  void whoDidNothingLeavesItAsItWas() {
    fails();

    assertThat(lease.hold(LONGEST, _ -> new Lease.Result<>("nothing", false))).hasValue("nothing");

    assertThat(lease.isFree()).isFalse();
    assertThat(lease.hold(LONGEST, afterFailure -> done(afterFailure))).hasValue(true);
  }

  @Test
  void whatFailedSixTimesIsMadeUpForByNobody() {
    for (int run = 0; run < 6; run++) {
      fails();
    }

    assertThat(lease.isFree()).isTrue();
    assertThat(lease.hold(LONGEST, afterFailure -> done(afterFailure))).hasValue(false);
  }

  /** Whose it is nobody knows; S3 says since when it is there, and no run lasts for longer. */
  @Test
  void whatNobodyCanReadIsHeldForAsLongAsARunCanLast() {
    backups.write(KEY, "not a lease".getBytes(UTF_8));

    var now = Clock.systemUTC();
    var later = Clock.offset(now, Duration.ofMinutes(17));
    assertThat(another(now).hold(LONGEST, _ -> done("early"))).isEmpty();
    assertThat(another(later).hold(LONGEST, _ -> done("late"))).hasValue("late");
  }

  private void fails() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                lease.hold(
                    LONGEST,
                    _ -> {
                      throw new IllegalStateException("refused");
                    }));
  }

  private static <T> Lease.Result<T> done(T answer) {
    return new Lease.Result<>(answer, true);
  }
}
