package io.vestibule.local.ses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Mail that comes back to where SES receives it, stored as SES stores it: an object each, with the
 * whole message.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-s3.html">Deliver
 *     to S3 bucket action</a>
 */
final class Receipts {

  private static final Receipts NONE = new Receipts(List.of(), (bucket, key, object) -> {});

  private final List<ReceiptRule> rules;
  private final Inbox.Storage storage;

  private Receipts(List<ReceiptRule> rules, Inbox.Storage storage) {
    this.rules = rules;
    this.storage = storage;
  }

  /** Of an account that receives nothing. */
  static Receipts none() {
    return NONE;
  }

  /** When SES takes a rule, it writes an object of its own there, which is no mail. */
  static Receipts by(List<ReceiptRule> rules, Inbox.Storage storage) {
    for (var rule : rules) {
      storage.put(
          rule.bucket(),
          rule.prefix() + "AMAZON_SES_SETUP_NOTIFICATION",
          "Received: by ses\n\nHello".getBytes(US_ASCII));
    }
    return new Receipts(rules, storage);
  }

  void receive(Mail mail, String messageId) {
    Set<String> to =
        mail.to().stream().map(it -> it.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    for (var rule : rules) {
      if (to.contains(rule.recipient().toLowerCase(Locale.ROOT))) {
        storage.put(
            rule.bucket(),
            rule.prefix() + messageId.replace("-", ""),
            RawMessage.of(mail, messageId));
      }
    }
  }
}
