package io.vestibule.local.ses;

import io.vestibule.local.aws.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One address as SES takes it: alone, or behind a display name.
 *
 * @param local what stands before the last @, ASCII (SES has no SMTPUTF8)
 * @param domain what stands behind it, in lower case; an international one in its ASCII form
 */
record Mailbox(String local, String domain) {

  private static final int LONGEST = 320;
  private static final Pattern WITH_NAME = Pattern.compile("[^<>]*<([^<>]*)>");
  private static final Pattern LOCAL =
      Pattern.compile("[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*");
  private static final Pattern DOMAIN =
      Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9-]{2,63}");

  /**
   * Reads an address.
   *
   * @param text an address, or a display name and an address in angle brackets; names outside of
   *     ASCII have to come as encoded words (RFC 2047)
   * @throws Refusal if it is none: a line break in it, say, would be another header
   */
  static Mailbox parse(String text) throws Refusal {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new Refusal(
          400, "BadRequestException", "Address contains control or non-ASCII characters");
    }
    var named = WITH_NAME.matcher(text);
    var address = named.matches() ? named.group(1) : text;
    int at = address.lastIndexOf('@');
    if (at < 0) {
      throw new Refusal(400, "BadRequestException", "Missing final '@domain'");
    }
    var local = address.substring(0, at);
    var domain = address.substring(at + 1);
    if (text.length() > LONGEST
        || !LOCAL.matcher(local).matches()
        || !DOMAIN.matcher(domain).matches()) {
      throw new Refusal(400, "BadRequestException", "Invalid email address " + text + ".");
    }
    return new Mailbox(local, domain.toLowerCase(Locale.ROOT));
  }

  /** The address without a name. */
  String address() {
    return local + "@" + domain;
  }
}
