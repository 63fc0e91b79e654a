package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service of AWS is away for hours, from any stage on of the way from a form to a customer. When
 * it is back, everything that was verified is a customer, and each link was mailed and counted
 * once. A build begins it at some stages: where {@link #services} has it, and where it repeats a
 * mail.
 */
class OutageTest extends DisturbedWay {

  private static final int FAILURES = 3;
  private static final Duration BETWEEN_FAILURES = Duration.ofHours(2);

  List<Call> stages() {
    var services = services();
    return recorder.stages().stream()
        .filter(stage -> Cases.areAll() || services.contains(stage) || isTheMark(stage))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("stages")
  void whatAnOutageKeepsWaitingGoesItsWayAfterwards(Call stage) throws Exception {
    var outage = new Outage(stage, FAILURES, () -> clock.advance(BETWEEN_FAILURES));

    isGone(outage, Map.of("DONE", 2L, "ERASED", 1L), isTheMark(stage) ? 1 : 0);

    assertThat(outage.isOver()).as("an outage from %s on", stage).isTrue();
  }

  /** SES has the mail, and the row cannot say so: to who comes after, it is as if a mailer died. */
  private static boolean isTheMark(Call stage) {
    return stage.toString().equals("MailerFunction UpdateItem");
  }
}
