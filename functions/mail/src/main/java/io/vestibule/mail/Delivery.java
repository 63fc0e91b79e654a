package io.vestibule.mail;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.mail.MailBreaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/** Hands mails to SES, and counts for the breakers what SES has taken. */
record Delivery(MailSender sender, MailBreaker breaker) {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** What SES says to a mail. */
  sealed interface Answer {

    /** SES has it. */
    record Taken() implements Answer {}

    /** SES refuses this very mail, and always will. */
    record Refused() implements Answer {}

    /**
     * The account's trouble (sandbox, pause, quota) or a passing one, never this mail's. It may
     * have been accepted all the same.
     */
    record NotNow(SdkException cause) implements Answer {}
  }

  /**
   * Sends a mail to one mailbox.
   *
   * @param mailbox the keyed hash of the mailbox
   * @param form that caused the mail
   */
  Answer send(EmailAddress to, String mailbox, String form, ConfirmationMail.Rendered mail) {
    try {
      sender.send(to, mailbox, form, mail);
      return new Answer.Taken();
    } catch (BadRequestException e) {
      LOG.error("SES refuses the mail", OperatorCode.MAIL_REFUSED.entry(), new Redacted(e));
      return new Answer.Refused();
    } catch (SdkException e) {
      return new Answer.NotNow(e);
    }
  }

  /** Counts a mail of a form that SES has taken. */
  void count(String form) {
    breaker.countSent(form);
  }
}
