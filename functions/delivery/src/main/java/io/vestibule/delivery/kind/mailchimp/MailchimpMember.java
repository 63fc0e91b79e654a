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
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person as Mailchimp knows them. It is kept before anything is told there: afterwards nobody
 * knows the address any more.
 *
 * @param audience in which they are: the target's file may name another one later
 * @param hash of the address, by which Mailchimp finds the member
 * @param optedIn what Mailchimp was given as the time of the opt-in, to the second; so a member
 *     that we made is told from one that marketing made while our call was lost
 */
record MailchimpMember(Origin origin, String audience, String hash, Instant optedIn) {

  private static final Pattern HANDLE =
      Pattern.compile("(making|made|found):([A-Za-z0-9]{1,40}):([0-9a-f]{32}):([0-9]{1,12})");

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
        Origin.MAKING, audience, md5(address), Instant.ofEpochSecond(optedIn.getEpochSecond()));
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
                Instant.ofEpochSecond(Long.parseLong(parts.group(4)))))
        : Optional.empty();
  }

  void keep(Order order) {
    order
        .handles()
        .keep(
            "%s:%s:%s:%d"
                .formatted(
                    origin.name().toLowerCase(Locale.ROOT),
                    audience,
                    hash,
                    optedIn.getEpochSecond()));
  }

  MailchimpMember as(Origin other) {
    return new MailchimpMember(other, audience, hash, optedIn);
  }

  boolean is(MailchimpMember other) {
    return audience.equals(other.audience) && hash.equals(other.hash);
  }

  /** Whether what Mailchimp shows was made by our call. */
  boolean isMadeBy(JsonNode shown) {
    try {
      return OffsetDateTime.parse(shown.path("timestamp_opt").asText()).toInstant().equals(optedIn);
    } catch (DateTimeException e) {
      return false;
    }
  }

  String time() {
    return TIME.format(optedIn.atOffset(ZoneOffset.UTC));
  }

  String path() {
    return "/lists/" + audience + "/members/" + hash;
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
