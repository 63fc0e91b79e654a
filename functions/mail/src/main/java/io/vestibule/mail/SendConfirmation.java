package io.vestibule.mail;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.HeldReason;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.Mailings;
import io.vestibule.store.Mailings.Mailing;
import io.vestibule.store.SubmissionRow;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/**
 * Mails the link of a submission: open, decide, claim, send, mark.
 *
 * <p>At least once: a second mail goes out only if this dies, or loses SES's answer, between SES's
 * acceptance and the mark; and it carries the same link, because the link is computed from the row.
 */
public final class SendConfirmation {

  /** NIST SP 800-63A: a confirmation code sent by mail is valid for 24 hours at most. */
  private static final Duration LINK_LIFE = Duration.ofHours(24);

  /** Longer than the function can run: a lease that ended belongs to nobody any more. */
  private static final Duration LEASE = Duration.ofSeconds(40);

  /** How long a person has to look at what was put aside. */
  private static final Duration HELD = Duration.ofDays(30);

  private final SubmissionOpener opener;
  private final EmailIndex emailIndex;
  private final LinkTokens linkTokens;
  private final Mailings mailings;
  private final MailSender sender;
  private final Forms forms;
  private final Business business;
  private final URI publicUrl;
  private final Clock clock;

  SendConfirmation(
      SubmissionOpener opener,
      EmailIndex emailIndex,
      LinkTokens linkTokens,
      Mailings mailings,
      MailSender sender,
      Forms forms,
      Business business,
      URI publicUrl,
      Clock clock) {
    this.opener = opener;
    this.emailIndex = emailIndex;
    this.linkTokens = linkTokens;
    this.mailings = mailings;
    this.sender = sender;
    this.forms = forms;
    this.business = business;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** SES has the mail. */
    record Sent() implements Outcome {}

    /** Put aside, with the reason. */
    record Held(HeldReason reason) implements Outcome {}

    /** Nothing was owed: an older record, or the row moved on. */
    record Settled() implements Outcome {}

    /** Not now: another mailer has it, or SES did not take it. The record must come again. */
    record TryAgain(Optional<SdkException> cause) implements Outcome {}
  }

  /** Sends the mail that a row in the state PENDING is owed. */
  public Outcome send(SubmissionRow row) {
    record Letter(Form form, Submission submission, EmailAddress to) {}
    Letter letter;
    try {
      var form = forms.find(row.form()).orElseThrow(NotOurs::new);
      var submission = opener.open(row);
      var to = form.address(submission.fields()).orElseThrow(NotOurs::new);
      letter = new Letter(form, submission, to);
    } catch (SubmissionOpener.Unreadable | NotOurs e) {
      return hold(row, HeldReason.UNREADABLE, Optional.empty());
    }
    return send(row, letter.form(), letter.submission(), letter.to());
  }

  private Outcome send(SubmissionRow row, Form form, Submission submission, EmailAddress to) {
    Instant now = clock.instant();
    LinkToken token = linkTokens.of(row);
    Instant linkExpiresAt = now.plus(LINK_LIFE);
    String index = emailIndex.of(to);
    var mailing =
        new Mailing(
            row, index, emailIndex.ofMailbox(to), token.hash(), linkExpiresAt, now.plus(LEASE));
    return switch (mailings.claim(mailing, now)) {
      case BUSY -> new Outcome.TryAgain(Optional.empty());
      case SETTLED -> new Outcome.Settled();
      case CAPPED -> hold(row, HeldReason.CAPPED, Optional.of(index));
      case CLAIMED ->
          deliver(
              row,
              to,
              ConfirmationMail.render(
                  form,
                  business,
                  submission.language(),
                  link(row, token, submission.language()),
                  linkExpiresAt,
                  row.createdAt().plus(form.keep().unverified())));
    };
  }

  private Outcome deliver(SubmissionRow row, EmailAddress to, ConfirmationMail.Rendered mail) {
    try {
      sender.send(to, mail);
    } catch (BadRequestException e) {
      return hold(row, HeldReason.MAIL_FAILED, Optional.empty());
    } catch (SdkException e) {
      // The account's trouble (sandbox, pause, quota) or a passing one, never this row's.
      mailings.release(row, clock.instant());
      return new Outcome.TryAgain(Optional.of(e));
    }
    mailings.mailed(row, clock.instant());
    return new Outcome.Sent();
  }

  private Outcome hold(SubmissionRow row, HeldReason reason, Optional<String> index) {
    mailings.hold(row, reason, index, clock.instant().plus(HELD));
    return new Outcome.Held(reason);
  }

  private URI link(SubmissionRow row, LinkToken token, String language) {
    return publicUrl.resolve(
        "/verify/%s?token=%s&lang=%s".formatted(row.id(), token.text(), language));
  }

  /** What was sealed opens, but names no form or no address of ours. */
  private static final class NotOurs extends Exception {}
}
