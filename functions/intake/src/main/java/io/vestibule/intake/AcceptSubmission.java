package io.vestibule.intake;

import io.vestibule.core.RowId;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Form;
import io.vestibule.store.Redacted;
import io.vestibule.store.Submissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Seals what was handed in and writes it down, in one request: from then on it is not lost. */
public final class AcceptSubmission {

  /** When to try again; long enough for a throttled table, short enough for a person. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AcceptSubmission.class);

  private final SubmissionIds ids;
  private final CurrentSealingKey sealingKey;
  private final Submissions submissions;
  private final Clock clock;

  AcceptSubmission(
      SubmissionIds ids, CurrentSealingKey sealingKey, Submissions submissions, Clock clock) {
    this.ids = ids;
    this.sealingKey = sealingKey;
    this.submissions = submissions;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** It is written down, under this id. */
    record Accepted(RowId id) implements Outcome {}

    /** It was written down before under this id, and nothing more was: this is a retry. */
    record Repeated(RowId id) implements Outcome {}

    /** Nothing was written; the same may be tried again. */
    record Unavailable(Duration retryAfter) implements Outcome {}
  }

  /**
   * Takes a checked entry in; the same one under the same key once only, as long as its row is
   * there, whatever has become of it since.
   *
   * @param idempotencyKey what the client calls this post, if it may come again
   * @param language the language of the page, as a BCP 47 tag
   * @param source the origin of the page that the form stood on; empty if unknown
   */
  public Outcome accept(
      Form form,
      Checked.Accepted entry,
      Optional<String> idempotencyKey,
      String language,
      String source) {
    var id =
        idempotencyKey.isEmpty()
            ? Optional.of(ids.random())
            : ids.repeatable(idempotencyKey.get(), form.name(), entry, language);
    var key = id.flatMap(_ -> sealingKey.get());
    if (key.isEmpty()) {
      return new Outcome.Unavailable(RETRY_AFTER);
    }
    var content =
        new Submission(entry.fields(), entry.consents(), language, source, clock.instant());
    return write(id.orElseThrow(), form, key.get(), content);
  }

  private Outcome write(RowId id, Form form, SealingKey key, Submission content) {
    var sealed = key.seal(id, form.name(), content.toJson());
    var receivedAt = content.receivedAt();
    var expiresAt = receivedAt.plus(form.keep().unverified());
    try {
      return submissions.add(id, form.name(), sealed, receivedAt, expiresAt)
          ? new Outcome.Accepted(id)
          : new Outcome.Repeated(id);
    } catch (SdkException e) {
      LOG.error("A submission cannot be written", new Redacted(e));
      return new Outcome.Unavailable(RETRY_AFTER);
    }
  }
}
