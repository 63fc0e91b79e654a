package io.vestibule.mail;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.forms.Form;
import io.vestibule.store.Redacted;
import io.vestibule.store.mail.MailBreaker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/** Hands the last mail about a request to SES. */
record LastDelivery(MailSender sender, MailBreaker breaker) {

  private static final Logger LOG = LoggerFactory.getLogger(LastDelivery.class);

  /** What SES says to a mail. */
  enum Answer {
    TAKEN,
    REFUSED,
    NOT_NOW
  }

  Answer send(EmailAddress to, String mailbox, ConfirmationMail.Rendered mail) {
    try {
      sender.send(to, mailbox, Form.PRIVACY, mail);
      return Answer.TAKEN;
    } catch (BadRequestException e) {
      LOG.error("SES refuses the mail", OperatorCode.MAIL_REFUSED.entry(), new Redacted(e));
      return Answer.REFUSED;
    } catch (SdkException e) {
      return Answer.NOT_NOW;
    }
  }

  void count() {
    breaker.countSent(Form.PRIVACY);
  }
}
