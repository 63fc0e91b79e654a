package io.vestibule.keys;

import io.vestibule.core.Counter;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.SealedContent;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Judged;
import io.vestibule.store.Redacted;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.rows.SubmissionRow;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what intake sealed, and believes none of it. Anybody with the public key can seal anything,
 * so the form's rules are applied again on this side of the door: those of the version that the
 * submission was checked by.
 */
public final class SubmissionOpener {

  private static final Logger LOG = LoggerFactory.getLogger(SubmissionOpener.class);

  /**
   * How far clocks may be apart. A submission that claims to have come in later than that is not
   * believed.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  private final SealingPairs keys;
  private final Forms forms;
  private final Clock clock;

  public SubmissionOpener(SealingKeys table, KeysetKey keysetKey, Forms forms, Clock clock) {
    this.keys = new SealingPairs(table, keysetKey, clock);
    this.forms = forms;
    this.clock = clock;
  }

  /** For what is sealed with the same keys: which are unwrapped once for both. */
  public Notices notices(EmailIndex index) {
    return new Notices(keys, index);
  }

  /**
   * A submission in the clear.
   *
   * @param form as it is now: how long it is kept, and who else is told
   * @param judged by which rules it counts
   */
  public record Opened(Form form, Judged judged, Submission content) {

    /** The address that is to be confirmed. */
    public EmailAddress address() {
      return judged.address();
    }
  }

  /**
   * Opens a row's content. If it cannot be opened, the log says why, so callers need not.
   *
   * @throws Unreadable if it was sealed for another row or form, a form of the other table, its key
   *     was destroyed, or it is no submission that its form accepted: what no retry will change
   */
  public Opened open(SubmissionRow row) throws Unreadable {
    try {
      return read(row);
    } catch (Unreadable e) {
      var code = OperatorCode.SUBMISSION_UNREADABLE.entry();
      LOG.error("A submission cannot be read: {}", e.reason, code, new Redacted(e));
      throw e;
    }
  }

  private Opened read(SubmissionRow row) throws Unreadable {
    var form = forms.find(row.form()).orElseThrow(() -> new Unreadable("no such form"));
    if (form.confirmed() != row.id().destination()) {
      throw new Unreadable("the form does not go there");
    }
    var content = decrypt(row);
    var judged =
        Judged.of(content, form, forms)
            .orElseThrow(() -> new Unreadable("the form did not accept it"));
    if (content.receivedAt().isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
      throw new Unreadable("received in the future");
    }
    if (judged.isOlder()) {
      LOG.warn("Its version of the form is not known here", OperatorCode.OLDER_FORM.entry());
      Counter.OLDER_FORM.increment();
    }
    return new Opened(form, judged, content);
  }

  private Submission decrypt(SubmissionRow row) throws Unreadable {
    var keyId = row.sealed().sealingKey();
    var info = SealedContent.contextInfo(row.id(), row.form(), keyId);
    var opener = keys.of(keyId).opener();
    try {
      return Submission.parse(opener.decrypt(row.sealed().ciphertext(), info));
    } catch (GeneralSecurityException | Submission.Malformed e) {
      throw new Unreadable(e);
    }
  }

  /**
   * The sealed content does not open, or intake would not have sealed it. No retry changes that.
   */
  public static final class Unreadable extends Exception {

    /** In our own words. */
    private final String reason;

    Unreadable(String reason) {
      super(reason);
      this.reason = reason;
    }

    Unreadable(Exception cause) {
      super("what was sealed does not open", new Redacted(cause));
      this.reason = "it does not open";
    }
  }
}
