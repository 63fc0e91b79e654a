package io.vestibule.delivery.kind.mailchimp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.kind.Order;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person as Mailchimp knows them. It is kept before anything is told there: afterwards nobody
 * knows the address any more.
 *
 * @param audience in which they are: the target's file may name another one later
 * @param hash of the address that they confirmed, by which Mailchimp finds the member at first
 * @param optedIn what Mailchimp has as the time of the opt-in, to the second; so a member that we
 *     made is told from one that marketing made while our call was lost
 * @param contact by which Mailchimp finds the member after they changed their address there, too;
 *     empty if it has not said it
 */
record MailchimpMember(
    Origin origin, String audience, String hash, Instant optedIn, String contact) {

  private static final Pattern HANDLE =
      Pattern.compile(
          "(making|made|found):([A-Za-z0-9]{1,40}):([0-9a-f]{32}):([0-9]{1,12}):([A-Za-z0-9]{0,64})");

  private static final Pattern CONTACT = Pattern.compile("[A-Za-z0-9]{1,64}");

  /** As Mailchimp writes times. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

  /** Whose a member is. */
  enum Origin {
    /** Ours, if the call arrives. */
    MAKING,
    /** We made it. */
    MADE,
    /** Marketing had it before. */
    FOUND
  }

  /** Somebody who is to become a member. */
  static MailchimpMember making(String audience, String address, Instant optedIn) {
    return new MailchimpMember(
        Origin.MAKING, audience, md5(address), optedIn.truncatedTo(ChronoUnit.SECONDS), "");
  }

  /** The member whose handle is kept. */
  static Optional<MailchimpMember> known(Order order) {
    return order.handles().find().flatMap(MailchimpMember::parse);
  }

  private static Optional<MailchimpMember> parse(String handle) {
    var parts = HANDLE.matcher(handle);
    return parts.matches()
        ? Optional.of(
            new MailchimpMember(
                Origin.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                parts.group(2),
                parts.group(3),
                Instant.ofEpochSecond(Long.parseLong(parts.group(4))),
                parts.group(5)))
        : Optional.empty();
  }

  void keep(Order order) {
    order
        .handles()
        .keep(
            "%s:%s:%s:%d:%s"
                .formatted(
                    origin.name().toLowerCase(Locale.ROOT),
                    audience,
                    hash,
                    optedIn.getEpochSecond(),
                    contact));
  }

  /** The one that Mailchimp shows, and we made. */
  MailchimpMember made(JsonNode shown) {
    var time = optedIn(shown).orElse(optedIn);
    return new MailchimpMember(Origin.MADE, audience, hash, time, contact(shown));
  }

  /** The one that Mailchimp shows, and marketing had before. */
  MailchimpMember found(JsonNode shown) {
    return new MailchimpMember(Origin.FOUND, audience, hash, optedIn, contact(shown));
  }

  private static String contact(JsonNode shown) {
    var contact = shown.path("contact_id").asText();
    return CONTACT.matcher(contact).matches() ? contact : "";
  }

  boolean is(MailchimpMember other) {
    return audience.equals(other.audience) && hash.equals(other.hash);
  }

  /** Whether what Mailchimp shows is this member. */
  boolean is(JsonNode shown) {
    return contact.isEmpty()
        ? shown.path("id").asText().equals(hash)
        : shown.path("contact_id").asText().equals(contact);
  }

  /** Whether what Mailchimp shows was made by our call, and nobody has signed up since. */
  boolean isMadeBy(JsonNode shown) {
    return origin != Origin.FOUND && optedIn(shown).filter(optedIn::equals).isPresent();
  }

  /** Whether somebody has signed up since then. */
  static boolean isBackSince(JsonNode shown, Instant then) {
    var second = then.truncatedTo(ChronoUnit.SECONDS); // Mailchimp has no more of a time than that.
    return optedIn(shown).filter(it -> !it.isBefore(second)).isPresent();
  }

  private static Optional<Instant> optedIn(JsonNode shown) {
    try {
      return Optional.of(OffsetDateTime.parse(shown.path("timestamp_opt").asText()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  String time() {
    return TIME.format(optedIn.atOffset(ZoneOffset.UTC));
  }

  String path() {
    return "/lists/" + audience + "/members/" + (contact.isEmpty() ? hash : contact);
  }

  /** Addresses are in lower case here as there. */
  private static String md5(String address) {
    try {
      var digest = MessageDigest.getInstance("MD5").digest(address.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }

  /** Neither the hash: whoever has the address has it, too. */
  @Override
  public String toString() {
    return "MailchimpMember(" + origin + ")";
  }
}
