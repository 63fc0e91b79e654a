package io.vestibule.local.ses;

import java.util.Optional;

/**
 * What becomes of a mail to SES's mailbox simulator, after SES has taken it. A label ({@code
 * bounce+1@simulator.amazonses.com}) makes no difference, and every other mailbox is a kind one.
 *
 * @see <a href="https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html">Mailbox
 *     simulator</a>
 */
final class MailboxSimulator {

  private static final String DOMAIN = "simulator.amazonses.com";

  private MailboxSimulator() {}

  /** What SES learns from a mailbox's server. */
  enum Answer {
    /** There is no such mailbox. */
    HARD_BOUNCE,
    /** Its owner is on holiday, and says so. */
    OUT_OF_OFFICE,
    /** Its owner calls the mail spam. */
    COMPLAINT
  }

  /** Whether an address is one of the simulator's. */
  static boolean has(String address) {
    return address.endsWith("@" + DOMAIN);
  }

  /** Empty for a mail that is taken in silence. */
  static Optional<Answer> answer(String address) {
    if (!has(address)) {
      return Optional.empty();
    }
    return switch (address.substring(0, address.lastIndexOf('@')).replaceFirst("[+].*", "")) {
      case "bounce" -> Optional.of(Answer.HARD_BOUNCE);
      case "ooto" -> Optional.of(Answer.OUT_OF_OFFICE);
      case "complaint" -> Optional.of(Answer.COMPLAINT);
      default -> Optional.empty();
    };
  }
}
