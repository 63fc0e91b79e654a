package io.vestibule.local.ses;

import io.vestibule.local.aws.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The identities that mail may be sent from: addresses, and domains with all that is below them.
 */
final class Identities {

  private final String region;
  private final Set<String> verified = new HashSet<>();

  Identities(String region) {
    this.region = region;
  }

  /**
   * Adds an address or a domain. Here it counts as verified at once, without a verification mail.
   */
  void add(String identity) throws Refusal {
    var isAddress = identity.contains("@");
    var name = Mailbox.parse(isAddress ? identity : "postmaster@" + identity);
    if (!verified.add(isAddress ? name.address() : name.domain())) {
      throw new Refusal(
          400,
          "AlreadyExistsException",
          "Email identity " + identity.toLowerCase(Locale.ROOT) + " already exist.");
    }
  }

  boolean contains(String identity) {
    return verified.contains(identity.toLowerCase(Locale.ROOT));
  }

  void requireVerified(List<Mailbox> all) throws Refusal {
    var failed = all.stream().filter(it -> !isVerified(it)).map(Mailbox::address).toList();
    if (!failed.isEmpty()) {
      throw new Refusal(
          400,
          "MessageRejected",
          "Email address is not verified. The following identities failed the check in region %s: %s"
              .formatted(region.toUpperCase(Locale.ROOT), String.join(", ", failed)));
    }
  }

  private boolean isVerified(Mailbox mailbox) {
    return verified.contains(mailbox.address()) || isBelowVerified(mailbox.domain());
  }

  private boolean isBelowVerified(String domain) {
    int dot = domain.indexOf('.');
    return verified.contains(domain) || (dot >= 0 && isBelowVerified(domain.substring(dot + 1)));
  }
}
