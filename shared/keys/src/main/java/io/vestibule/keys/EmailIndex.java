package io.vestibule.keys;

import io.vestibule.core.EmailAddress;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.mail.Counted;
import io.vestibule.store.mail.MailboxProviders;
import java.time.Clock;

/**
 * Keyed hashes of e-mail addresses, 43 characters of URL-safe base64: by them we find a customer
 * again without holding the address, and without the key nobody can try addresses against them.
 */
public final class EmailIndex {

  private final SystemPrf prf;
  private final MailboxProviders providers;

  /** With the providers that are shipped. */
  public EmailIndex(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this(table, keysetKey, clock, MailboxProviders.shipped());
  }

  /**
   * For who counts mails.
   *
   * @param providers which addresses are one mailbox, and which domains are counted
   */
  public EmailIndex(
      SystemKeys table, KeysetKey keysetKey, Clock clock, MailboxProviders providers) {
    this.prf = new SystemPrf(table, keysetKey, SystemKeys.Name.EMAIL_INDEX, clock);
    this.providers = providers;
  }

  /** The hash that a customer is found by. */
  public String of(EmailAddress address) {
    return prf.text("email|" + address.normalised());
  }

  /** The hash by which a mailbox is remembered whose mail bounced, or whose owner complained. */
  public String ofMailbox(EmailAddress address) {
    return mailbox(address.mailbox());
  }

  /** What mails are counted by: one mailbox for all spellings that reach it. */
  public Counted counted(EmailAddress address) {
    return new Counted(
        mailbox(providers.mailbox(address)),
        providers.domain(address).map(domain -> prf.text("domain|" + domain)));
  }

  private String mailbox(String spelling) {
    return prf.text("mailbox|" + spelling);
  }

  /** The seal of the marker that an address was erased: others cannot make one. */
  public String sealOfErasure(String emailIndex, String erasedAt) {
    return prf.text("erased|%s|%s".formatted(emailIndex, erasedAt));
  }

  /** The seal of what the last mail about a request needs: others cannot make one. */
  String sealOfNotice(String request, String content) {
    return prf.text("notice|%s|%s".formatted(request, content));
  }
}
