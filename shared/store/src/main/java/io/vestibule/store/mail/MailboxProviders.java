package io.vestibule.store.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which addresses reach one mailbox, for counting mails only: by what this says nobody is found,
 * and nobody is a customer. The rules are in {@code providers.json} beside this class.
 *
 * <p>Two people whom a rule takes for one share the mails of a day, so a rule may go a little too
 * far. A domain that is in no rule is counted as a whole, too: all its addresses may be one
 * mailbox.
 */
public final class MailboxProviders {

  /** What stands between a name and a tag that anybody may add to it, wherever the mailbox is. */
  private static final String TAG = "+";

  /**
   * Somebody with whom many people have mailboxes.
   *
   * @param oneMailbox whether a name is the same mailbox at each of the domains
   * @param ignores characters in a name that make no difference
   * @param tag what else begins a tag; empty for nothing else
   */
  private record Provider(List<String> domains, boolean oneMailbox, String ignores, String tag) {

    private static Provider of(JsonNode rule) {
      return new Provider(
          rule.path("domains").valueStream().map(JsonNode::asText).toList(),
          rule.path("oneMailbox").asBoolean(),
          rule.path("ignores").asText(),
          rule.path("tag").asText());
    }

    private String mailbox(EmailAddress address) {
      var owner = before(tag, before(TAG, address.localPart()));
      var name = owner.chars().filter(it -> ignores.indexOf(it) < 0).toArray();
      return (name.length == 0 ? owner : new String(name, 0, name.length))
          + "@"
          + (oneMailbox ? domains.getFirst() : address.domain());
    }
  }

  private static final Provider NOBODY = new Provider(List.of(), false, "", "");

  private static final class Shipped {
    private static final MailboxProviders PROVIDERS = load();
  }

  private final Map<String, Provider> byDomain;

  private MailboxProviders(Map<String, Provider> byDomain) {
    this.byDomain = Map.copyOf(byDomain);
  }

  /** Those of {@code providers.json}, read when they are first needed. */
  public static MailboxProviders shipped() {
    return Shipped.PROVIDERS;
  }

  private static MailboxProviders load() {
    try (InputStream file = MailboxProviders.class.getResourceAsStream("providers.json")) {
      var byDomain = new HashMap<String, Provider>();
      for (var rule : Json.MAPPER.readTree(file).path("providers")) {
        var provider = Provider.of(rule);
        provider.domains().forEach(domain -> byDomain.put(domain, provider));
      }
      return new MailboxProviders(byDomain);
    } catch (IOException e) {
      throw new UncheckedIOException("providers.json cannot be read", e);
    }
  }

  /**
   * The same, and domains that are not counted as a whole: the owner of this installation says that
   * many people have mailboxes there.
   *
   * @param domains as {@link EmailAddress#domain} spells them; what is in a rule stays in it
   */
  public MailboxProviders and(List<String> domains) {
    var all = new HashMap<>(byDomain);
    domains.forEach(domain -> all.putIfAbsent(domain, NOBODY));
    return new MailboxProviders(all);
  }

  /** The mailbox that an address reaches, in one spelling of it. */
  public String mailbox(EmailAddress address) {
    return byDomain.getOrDefault(address.domain(), NOBODY).mailbox(address);
  }

  /** The domain of an address, if all its addresses may be one mailbox. */
  public Optional<String> domain(EmailAddress address) {
    return Optional.of(address.domain()).filter(domain -> !byDomain.containsKey(domain));
  }

  private static String before(String separator, String name) {
    int at = separator.isEmpty() ? -1 : name.indexOf(separator);
    return at > 0 ? name.substring(0, at) : name;
  }
}
