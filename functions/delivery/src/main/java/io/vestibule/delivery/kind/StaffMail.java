package io.vestibule.delivery.kind;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.core.wording.Wordings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;

/** Writes to a mailbox of the business, and never to a visitor. */
public final class StaffMail implements Kind {

  private final SesV2Client ses;
  private final String from;
  private final String configurationSet;
  private final Business business = Business.load();
  private final Forms forms = new Forms();
  private final Wordings wordings = new Wordings();

  /**
   * Mails from one address.
   *
   * @param address under an identity that SES has verified
   */
  public StaffMail(SesV2Client ses, String address, String configurationSet) {
    this.ses = ses;
    this.configurationSet = configurationSet;
    this.from = "%s <%s>".formatted(encodedWord(business.sender()), address);
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var replyTo =
        messages.size() == 1 ? messages.getFirst().replyTo() : Optional.<EmailAddress>empty();
    return mail(order, words(order.target()).arrived(messages), replyTo);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    var letter = words(order.target()).erased(erasure.numbers(), erasure.at());
    return mail(order, letter, Optional.empty());
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    var letter =
        words(order.target())
            .withdrawn(withdrawal.numbers(), withdrawal.purpose(), withdrawal.at());
    return mail(order, letter, Optional.empty());
  }

  private StaffWords words(Target target) {
    return new StaffWords(wordings.of(target.language()), business, forms);
  }

  private Answer mail(Order order, StaffWords.Letter letter, Optional<EmailAddress> replyTo) {
    try {
      ses.sendEmail(
          request ->
              request
                  .fromEmailAddress(from)
                  .destination(to -> to.toAddresses(order.target().mailbox().normalised()))
                  .replyToAddresses(replyTo.stream().map(EmailAddress::normalised).toList())
                  .configurationSetName(configurationSet)
                  .emailTags(
                      MessageTag.builder().name("target").value(order.target().name()).build())
                  .content(
                      content ->
                          content.simple(
                              message ->
                                  message
                                      .subject(utf8(letter.subject()))
                                      .body(body -> body.text(utf8(letter.text())))
                                      .headers(headers(order)))));
      return Answer.taken();
    } catch (BadRequestException | MessageRejectedException e) {
      return Answer.failed("mail-refused");
    } catch (SdkException e) {
      // The account's trouble (sandbox, pause, quota) or a passing one.
      return Answer.later("mail-not-taken");
    }
  }

  /**
   * RFC 3834, so that nobody's out-of-office answers a customer; and what a second mail repeats.
   */
  private static List<MessageHeader> headers(Order order) {
    return Map.of("Auto-Submitted", "auto-generated", "X-Vestibule-Message", order.messageId())
        .entrySet()
        .stream()
        .map(it -> MessageHeader.builder().name(it.getKey()).value(it.getValue()).build())
        .toList();
  }

  private static Content utf8(String text) {
    return Content.builder().charset("UTF-8").data(text).build();
  }

  /** RFC 2047, which SES asks of display names. */
  private static String encodedWord(String text) {
    var base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return "=?UTF-8?B?" + base64 + "?=";
  }
}
