package io.vestibule.upkeep;

import static java.util.stream.Collectors.toSet;

import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.mail.SpentBudgets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which forms ask their senders for work, of those that do so only while it is needed: if
 * half of what a form may mail in an hour is used up, in this hour or the one before. Intake reads
 * it with its key. A form whose mails are stopped for another reason asks for none: what comes then
 * is mailed by itself later, and without work it would wait for a person.
 */
final class AskForWork {

  private static final Logger LOG = LoggerFactory.getLogger(AskForWork.class);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Forms forms;
  private final SpentBudgets spent;
  private final int mailsPerFormAndHour;
  private final SealingKeys sealingKeys;
  private final Clock clock;

  AskForWork(
      Forms forms,
      SpentBudgets spent,
      int mailsPerFormAndHour,
      SealingKeys sealingKeys,
      Clock clock) {
    this.forms = forms;
    this.spent = spent;
    this.mailsPerFormAndHour = mailsPerFormAndHour;
    this.sealingKeys = sealingKeys;
    this.clock = clock;
  }

  /** Looks at each form, and writes what has changed; whether anything has. */
  boolean hasChanged() {
    var now = clock.instant();
    var asking =
        forms.all().stream()
            .filter(AskForWork::isOnDemand)
            .map(Form::name)
            .filter(form -> isNeeded(form, now))
            .collect(toSet());
    var before = sealingKeys.asksWork();
    if (asking.equals(before)) {
      return false;
    }
    sealingKeys.askWork(asking);
    LOG.info("Forms that ask for work: {}, before: {}", asking, before);
    return true;
  }

  private static boolean isOnDemand(Form form) {
    return form.proofOfWork() != null && form.proofOfWork().onDemand();
  }

  private boolean isNeeded(String form, Instant now) {
    return Stream.of(now, now.minus(HOUR))
        .anyMatch(hour -> 2 * spent.of(form, hour) >= mailsPerFormAndHour);
  }
}
