package io.vestibule.intake;

import io.vestibule.core.RowId;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Form;
import io.vestibule.store.Redacted;
import io.vestibule.store.Submissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Seals what was handed in and writes it down, in one request: from then on it is not lost. */
public final class AcceptSubmission {

  /** When to try again; long enough for a throttled table, short enough for a person. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AcceptSubmission.class);

  private final CurrentSealingKey sealingKey;
  private final Submissions submissions;
  private final Clock clock;
  private final SecureRandom random;

  AcceptSubmission(
      CurrentSealingKey sealingKey, Submissions submissions, Clock clock, SecureRandom random) {
    this.sealingKey = sealingKey;
    this.submissions = submissions;
    this.clock = clock;
    this.random = random;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** It is written down, under this id. */
    record Accepted(RowId id) implements Outcome {}

    /** Nothing was written; the same may be tried again. */
    record Unavailable(Duration retryAfter) implements Outcome {}
  }

  /**
   * Takes a checked entry in.
   *
   * @param language the language of the page, as a BCP 47 tag
   * @param source the origin of the page that the form stood on; empty if unknown
   */
  public Outcome accept(Form form, Checked.Accepted entry, String language, String source) {
    var key = sealingKey.get();
    if (key.isEmpty()) {
      return new Outcome.Unavailable(RETRY_AFTER);
    }
    var now = clock.instant();
    var id = RowId.random(random);
    var content = new Submission(entry.fields(), entry.consents(), language, source, now);
    try {
      submissions.add(
          id,
          form.name(),
          key.get().seal(id, form.name(), content.toJson()),
          now,
          now.plus(form.keep().unverified()));
      return new Outcome.Accepted(id);
    } catch (SdkException e) {
      LOG.error("A submission cannot be written", new Redacted(e));
      return new Outcome.Unavailable(RETRY_AFTER);
    }
  }
}
