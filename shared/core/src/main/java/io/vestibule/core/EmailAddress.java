package io.vestibule.core;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One e-mail address to which mail can be sent, in the one spelling by which we know it.
 *
 * <p>Mail must be sent to {@link #normalised}, and not to the address as it was typed. Then the
 * person who reads that mailbox is the one for whom the index of the address stands, however the
 * mail system treats case.
 */
public final class EmailAddress {

  /**
   * The number of the rules by which {@link #normalised} spells an address. Whoever changes a
   * spelling gives it another number: hashes of the former one stay as they are.
   */
  public static final int SCHEME = 1;

  /** SES's own, which takes every mail and is nobody's: what the canary hands in goes there. */
  public static final String SIMULATOR = "success@simulator.amazonses.com";

  /** Quoted parts, comments, routes, groups, lists, IP literals, and every way to add a header. */
  private static final Pattern ODDITY = Pattern.compile("[\\s\\p{Cntrl}\"(),:;<>\\[\\]\\\\]");

  /**
   * The characters that IDNA 2003 (the JDK's) and IDNA 2008 (the registries') map differently: with
   * them, the JDK's spelling of a domain could be the domain of somebody else. UTS #46 section 7.
   */
  private static final Pattern IDNA_DEVIATION = Pattern.compile("[ßẞς\u200c\u200d]");

  private static final int ASCII = 0x80;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_ADDRESS = 254;

  /** SES sends to ASCII local parts only: it does not support SMTPUTF8. Lengths are RFC 5321's. */
  private static final EmailValidator DELIVERABLE =
      JMail.validator()
          .requireAscii()
          .requireTopLevelDomain()
          .disallowSingleCharacterTopLevelDomains()
          .disallowIpDomain()
          .withRule(email -> email.localPart().length() <= LONGEST_LOCAL_PART)
          .withRule(
              email -> email.localPart().length() + 1 + email.domain().length() <= LONGEST_ADDRESS);

  /** More than an address can have, however its domain is written; the JDK fails at much more. */
  private static final int LONGEST = 1_000;

  /**
   * A route within a local part: {@code bob%far@near} or {@code far!bob@near} has an old mail
   * server pass the mail on to another mailbox, which our index would not know.
   */
  private static final Pattern ROUTE = Pattern.compile("[%!]");

  private final String localPart;
  private final String domain;

  private EmailAddress(String localPart, String domain) {
    this.localPart = localPart;
    this.domain = domain;
  }

  /** Reads what a person typed; empty unless it is exactly one address that mail can be sent to. */
  public static Optional<EmailAddress> parse(String typed) {
    String address = Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    int at = address.lastIndexOf('@');
    if (at < 0 || address.length() > LONGEST || ODDITY.matcher(address).find()) {
      return Optional.empty();
    }
    return asciiDomain(address.substring(at + 1))
        .map(domain -> new EmailAddress(lowerCase(address.substring(0, at)), domain))
        .filter(candidate -> DELIVERABLE.isValid(candidate.normalised()));
  }

  /** Why an address is not taken at the door. */
  public enum Refusal {
    /** It is none, or more than one, or none that mail can be sent to. */
    NOT_ONE,
    /** It is longer, as it was typed, than RFC 5321 allows. */
    TOO_LONG,
    /** Before the @ it has letters that mail cannot be sent to. */
    LETTERS,
    /** What stands after the @ is no domain. */
    NOWHERE,
    /** It tells a mail server to pass the mail on. */
    ROUTED,
    /** A label of its domain begins with {@code xn--} and spells nothing. */
    NO_DOMAIN
  }

  /**
   * What is against what a person typed, for the door: it refuses some that {@link #parse} reads,
   * because such were taken once, and are customers' now.
   */
  public static Optional<Refusal> refusal(String typed) {
    return unreadable(typed).or(() -> parse(typed).flatMap(EmailAddress::atTheDoor));
  }

  /**
   * Why {@link #parse} does not read what a person typed; empty if it does. It is for the form by
   * which customers ask about their data: an address that is refused now may have been taken once.
   */
  public static Optional<Refusal> unreadable(String typed) {
    return parse(typed).isPresent() ? Optional.empty() : Optional.of(cause(typed));
  }

  private static Refusal cause(String typed) {
    int at = typed.lastIndexOf('@');
    if (isTooLong(typed)) {
      return Refusal.TOO_LONG;
    }
    if (at <= 0 || typed.indexOf('@') < at || ODDITY.matcher(typed.strip()).find()) {
      return Refusal.NOT_ONE;
    }
    if (!typed.substring(0, at).chars().allMatch(it -> it < ASCII)) {
      return Refusal.LETTERS;
    }
    return parse("x" + typed.substring(at)).isPresent() ? Refusal.NOT_ONE : Refusal.NOWHERE;
  }

  private static Optional<Refusal> atTheDoor(EmailAddress address) {
    if (ROUTE.matcher(address.localPart).find()) {
      return Optional.of(Refusal.ROUTED);
    }
    return Arrays.stream(address.domain.split("\\.")).allMatch(Punycode::isFit)
        ? Optional.empty()
        : Optional.of(Refusal.NO_DOMAIN);
  }

  private static boolean isTooLong(String typed) {
    int at = typed.lastIndexOf('@');
    return typed.length() > LONGEST_ADDRESS || at > LONGEST_LOCAL_PART;
  }

  /**
   * The address as it is indexed and mailed to: Unicode NFC, trimmed, all in lower case, the domain
   * in its ASCII form. A {@code +tag} is kept: it is part of what the person gave.
   */
  public String normalised() {
    return localPart + "@" + domain;
  }

  /** Whether it is {@link #SIMULATOR}; others of that domain bounce, and complain. */
  public boolean isSimulator() {
    return normalised().equals(SIMULATOR);
  }

  /** What stands before the {@code @}, as it is indexed. */
  public String localPart() {
    return localPart;
  }

  /** The domain, in ASCII and lower case. */
  public String domain() {
    return domain;
  }

  /**
   * The mailbox behind the address, by which bounces and complaints are remembered: without {@code
   * +tag}, and for Gmail without dots, which it ignores. What is remembered for good is found by
   * this spelling, so it stays as it is.
   */
  public String mailbox() {
    int tag = localPart.indexOf('+');
    String owner = tag > 0 ? localPart.substring(0, tag) : localPart;
    return switch (domain) {
      case "gmail.com", "googlemail.com" -> owner.replace(".", "") + "@gmail.com";
      default -> owner + "@" + domain;
    };
  }

  /** Never the address: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "EmailAddress(not shown)";
  }

  /** What the JDK can spell stays as it spells it: customers are indexed so. */
  private static Optional<String> asciiDomain(String domain) {
    return IDNA_DEVIATION.matcher(domain).find()
        ? InternationalDomain.toAscii(domain)
        : earlierAsciiDomain(domain).or(() -> InternationalDomain.toAscii(domain));
  }

  private static Optional<String> earlierAsciiDomain(String domain) {
    try {
      return Optional.of(lowerCase(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
