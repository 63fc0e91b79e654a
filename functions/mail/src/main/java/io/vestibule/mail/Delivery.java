package io.vestibule.mail;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.mail.MailBreaker;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.model.AccountSuspendedException;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.LimitExceededException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

/**
 * Hands mails to SES, and counts for the breakers what SES has taken.
 *
 * @param doubts of the environment, whichever table a mail is of
 */
record Delivery(MailSender sender, MailBreaker breaker, Doubts doubts) {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** What SES says to a mail. */
  sealed interface Answer {

    /** SES has it. */
    record Taken() implements Answer {}

    /** SES refuses this very mail, and always will. */
    record Refused() implements Answer {}

    /**
     * SES refuses it, and does not say whether it refuses others, too. {@link Doubts} tell what to
     * do.
     */
    record Doubtful(SdkException cause) implements Answer {}

    /**
     * The account's trouble (pause, quota) or a passing one, never this mail's. It may have been
     * accepted all the same.
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
      doubts.taken();
      return new Answer.Taken();
    } catch (BadRequestException e) {
      LOG.error("SES refuses the mail", OperatorCode.MAIL_REFUSED.entry(), new Redacted(e));
      return new Answer.Refused();
    } catch (AccountSuspendedException
        | SendingPausedException
        | LimitExceededException
        | MailFromDomainNotVerifiedException
        | NotFoundException e) {
      return new Answer.NotNow(e);
    } catch (MessageRejectedException e) {
      return rejected(to, e);
    } catch (SesV2Exception e) {
      // Such as a role that lacks something: of all mails, or only of those to some identity.
      return e.statusCode() < 500 && !e.isThrottlingException() && !e.isClockSkewException()
          ? new Answer.Doubtful(e)
          : new Answer.NotNow(e);
    } catch (SdkException e) {
      return new Answer.NotNow(e);
    }
  }

  /**
   * While the account is in SES's sandbox, whose addressee is not verified gets no mail, and SES
   * names them. If it names the sender, no mail leaves at all.
   */
  private Answer rejected(EmailAddress to, MessageRejectedException e) {
    var said =
        Optional.ofNullable(e.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .orElse("")
            .toLowerCase(Locale.ROOT);
    boolean isAboutTheRecipient =
        said.contains(to.normalised()) && !said.contains(sender.address().toLowerCase(Locale.ROOT));
    if (!isAboutTheRecipient) {
      return new Answer.Doubtful(e);
    }
    LOG.error(
        "SES is in its sandbox: it mails to verified addresses only, and this is none",
        OperatorCode.RECIPIENT_UNVERIFIED.entry(),
        new Redacted(e));
    return new Answer.Refused();
  }

  /** Counts a mail of a form that SES has taken. */
  void count(String form) {
    breaker.countSent(form);
  }
}
