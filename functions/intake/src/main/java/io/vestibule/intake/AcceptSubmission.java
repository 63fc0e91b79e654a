package io.vestibule.intake;

import io.vestibule.core.Hint;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.store.Redacted;
import io.vestibule.store.rows.NewSubmission;
import io.vestibule.store.rows.NewSubmissions;
import io.vestibule.store.rows.SpentChallenge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Seals what was handed in and writes it down, in one request: from then on it is not lost. */
final class AcceptSubmission {

  /** When to try again; long enough for a throttled table, short enough for a person. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AcceptSubmission.class);

  private final SubmissionIds ids;
  private final CurrentSealingKey sealingKey;
  private final NewSubmissions submissions;
  private final NewSubmissions requests;

  AcceptSubmission(
      SubmissionIds ids,
      CurrentSealingKey sealingKey,
      NewSubmissions submissions,
      NewSubmissions requests) {
    this.ids = ids;
    this.sealingKey = sealingKey;
    this.submissions = submissions;
    this.requests = requests;
  }

  /**
   * What was handed in.
   *
   * @param sent as it was posted: by this a repetition is known as one
   * @param entry as the form takes it
   * @param receivedAt when it came: by this it was checked, and is judged for good
   * @param idempotencyKey what the client calls this post, if it may come again
   * @param language the language of the page, as a BCP 47 tag
   * @param source the origin of the page that the form stood on; empty if unknown
   * @param optsOut whether the browser said that the person's data is not to be sold or shared
   * @param hint what about it smells of a machine
   * @param challenge what it has solved, for a form that asks for a proof of work
   */
  record Post(
      Form form,
      Entry sent,
      Checked.Accepted entry,
      Instant receivedAt,
      Optional<String> idempotencyKey,
      String language,
      String source,
      boolean optsOut,
      Optional<Hint> hint,
      Optional<SpentChallenge> challenge) {}

  /**
   * Takes a checked entry in; the same one under the same key once only, as long as its row is
   * there, whatever has become of it since.
   */
  Acceptance accept(Post post) {
    var id = id(post);
    var key = id.flatMap(_ -> sealingKey.get());
    return key.isPresent()
        ? write(id.orElseThrow(), post, key.get())
        : new Acceptance.Unavailable(RETRY_AFTER);
  }

  private Optional<RowId> id(Post post) {
    return post.idempotencyKey().isEmpty()
        ? Optional.of(ids.random(post.form().confirmed()))
        : ids.repeatable(post.idempotencyKey().get(), post.form(), post.sent(), post.language());
  }

  private Acceptance write(RowId id, Post post, SealingKey key) {
    var submission = seal(id, post, key);
    var table = id.destination().choose(submissions, requests);
    try {
      var result =
          post.challenge().isEmpty()
              ? table.add(submission)
              : table.add(submission, post.challenge().get());
      return switch (result) {
        case ADDED -> new Acceptance.Accepted(id);
        case REPEATED -> new Acceptance.Repeated(id);
        case SPENT -> new Acceptance.Spent();
      };
    } catch (SdkException e) {
      LOG.error(
          "A submission cannot be written",
          OperatorCode.SUBMISSION_NOT_WRITTEN.entry(),
          new Redacted(e));
      return new Acceptance.Unavailable(RETRY_AFTER);
    }
  }

  /** Where everybody has to work, it says nothing about anybody. */
  private static boolean worked(Post post) {
    var asked = post.form().proofOfWork();
    return asked != null && asked.onDemand() && post.challenge().isPresent();
  }

  private NewSubmission seal(RowId id, Post post, SealingKey key) {
    var form = post.form();
    var receivedAt = post.receivedAt();
    var content =
        new Submission(
            post.entry().fields(),
            post.entry().consents(),
            post.language(),
            post.source(),
            receivedAt,
            post.optsOut(),
            Optional.of(form.sealedVersion()));
    return new NewSubmission(
        id,
        form.name(),
        key.seal(id, form.name(), content.toJson()),
        post.hint(),
        worked(post),
        receivedAt,
        receivedAt.plus(form.keep().unverified()));
  }
}
