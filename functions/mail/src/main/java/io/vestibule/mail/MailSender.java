package io.vestibule.mail;

import io.vestibule.core.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;

/** Hands one mail to SES. */
public final class MailSender {

  private final SesV2Client ses;
  private final String from;
  private final String address;
  private final String configurationSet;

  /**
   * A sender for one From header.
   *
   * @param name the display name, in any script
   * @param address the address, under an identity that SES has verified
   */
  public MailSender(SesV2Client ses, String name, String address, String configurationSet) {
    this.ses = ses;
    this.address = address;
    this.from = "%s <%s>".formatted(encodedWord(name), address);
    this.configurationSet = configurationSet;
  }

  /** The address that mails come from. */
  String address() {
    return address;
  }

  /**
   * Sends a mail to one mailbox.
   *
   * @param mailbox the keyed hash of the mailbox: SES hands it back with a bounce or a complaint,
   *     so that whoever hears of those need not see an address
   * @param form that caused the mail, handed back likewise
   * @throws BadRequestException if SES refuses this very mail, and always will
   * @throws software.amazon.awssdk.core.exception.SdkException if it may be tried again; the mail
   *     may have been accepted all the same
   */
  public void send(EmailAddress to, String mailbox, String form, ConfirmationMail.Rendered mail) {
    ses.sendEmail(
        request ->
            request
                .fromEmailAddress(from)
                .destination(destination -> destination.toAddresses(to.normalised()))
                .configurationSetName(configurationSet)
                .emailTags(tag("mailbox", mailbox), tag("form", form))
                .content(
                    content ->
                        content.simple(
                            message ->
                                message
                                    .subject(utf8(mail.subject()))
                                    .body(
                                        body ->
                                            body.text(utf8(mail.text())).html(utf8(mail.html())))
                                    // RFC 3834: so that nobody's out-of-office answers a robot.
                                    .headers(
                                        MessageHeader.builder()
                                            .name("Auto-Submitted")
                                            .value("auto-generated")
                                            .build()))));
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  private static Content utf8(String text) {
    return Content.builder().charset("UTF-8").data(text).build();
  }

  /**
   * RFC 2047, which SES asks of display names; also keeps specials in a name from meaning anything.
   */
  private static String encodedWord(String text) {
    var base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "=?UTF-8?B?" + base64 + "?=";
  }
}
