package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service of AWS takes calls and stays silent. Every function gives up in time to say so, and
 * what waited goes its way when the service answers again. {@link #services} says with which calls
 * it begins.
 */
class HangTest extends DisturbedWay {

  /** One more than the SDK makes of its own accord, so that a whole call fails, too. */
  private static final int ATTEMPTS = 4;

  /** A mail is not tried again within a call. */
  private static final int ATTEMPTS_TO_SEND = 1;

  /** Longer than any lease of who gave up. */
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(41);

  /** Half as long to sit through; with less, a busy machine would not answer in time. */
  @Override
  protected int percentOfTimeLimits() {
    return 50;
  }

  @ParameterizedTest
  @MethodSource("services")
  void whoGetsNoAnswerGivesUpAndComesAgain(Call call) throws Exception {
    int attempts = call.isToSend() ? ATTEMPTS_TO_SEND : ATTEMPTS;
    var hang = new Hang(call, attempts, () -> clock.advance(BETWEEN_ATTEMPTS));

    isGone(hang, Map.of("DONE", 2L, "ERASED", 1L), 0);

    assertThat(hang.givenUp()).isEqualTo(attempts);
  }
}
