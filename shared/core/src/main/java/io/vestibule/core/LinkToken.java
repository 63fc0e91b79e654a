package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret in a confirmation link: 256 bits, 43 characters of URL-safe base64.
 *
 * <p>It is made behind the door and stored nowhere. The public side knows its {@linkplain #hash()
 * hash}, so it can recognise a token but not make one; what a press leaves behind is a {@linkplain
 * #proof proof}, which only someone who was shown the token can compute.
 */
public final class LinkToken {

  private static final int BYTES = 32;

  /** With what mail programs and people take along from behind a link. */
  private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_-]{43})[^A-Za-z0-9]*+");

  private static final Pattern CUT_OFF = Pattern.compile("[A-Za-z0-9_-]{1,42}+[^A-Za-z0-9]*+");

  private final byte[] secret;

  private LinkToken(byte[] secret) {
    this.secret = secret.clone();
  }

  /**
   * Makes a token of its bytes.
   *
   * @param secret exactly 32 bytes
   */
  public static LinkToken of(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a link token has " + BYTES + " bytes");
    }
    return new LinkToken(secret);
  }

  /** Reads a token that a stranger sent; empty if it cannot be one. Signs behind it do no harm. */
  public static Optional<LinkToken> parse(String text) {
    var token = TEXT.matcher(text);
    return token.matches()
        ? Optional.of(new LinkToken(Base64.getUrlDecoder().decode(token.group(1))))
        : Optional.empty();
  }

  /** Whether it can be the beginning of a token whose end got lost. */
  public static boolean isCutOff(String text) {
    return CUT_OFF.matcher(text).matches();
  }

  /** The token as it stands in the link. */
  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** What the row keeps, so that the token can be recognised: its SHA-256. */
  public byte[] hash() {
    return Sha256.of(secret);
  }

  /** Whether this token has the given hash; the time it takes does not tell how nearly. */
  public boolean hashesTo(byte[] hash) {
    return MessageDigest.isEqual(hash(), hash);
  }

  /**
   * What the press of the button writes: HMAC-SHA256 (RFC 2104) under the token of {@code
   * pressed|<id>|<linkNo>|<SHA-256(asked)>|<choice>}, the hash in hexadecimal digits.
   *
   * @param asked what the page showed, as {@link Asked#text} has it
   * @param choice as {@link Choice#text} has it
   */
  public byte[] proof(RowId id, int linkNo, String asked, String choice) {
    var shown = HexFormat.of().formatHex(Sha256.of(asked.getBytes(UTF_8)));
    return mac("pressed|%s|%d|%s|%s".formatted(id, linkNo, shown, choice));
  }

  /** Whether a proof is this token's; the time it takes does not tell how nearly. */
  public boolean proves(RowId id, int linkNo, String asked, String choice, byte[] proof) {
    return MessageDigest.isEqual(proof(id, linkNo, asked, choice), proof);
  }

  /**
   * What the press wrote when it chose nothing yet, and writes for rows that were mailed then:
   * likewise of {@code pressed|<id>|<linkNo>}. It confirms the address and the values.
   */
  public byte[] proof(RowId id, int linkNo) {
    return mac("pressed|%s|%d".formatted(id, linkNo));
  }

  /**
   * What shows that a request was entered by a member of staff, as long as it waits for a second
   * one: likewise of {@code entered|<id>|<SHA-256(asked)>|<behalf>|<who>}, the last in hexadecimal
   * digits. No such text can be that of a press.
   *
   * @param behalf as {@link Behalf#text} has it
   * @param who as {@link #enteredBy} has it
   */
  public byte[] entered(RowId id, String asked, String behalf, byte[] who) {
    var hex = HexFormat.of();
    var what = hex.formatHex(Sha256.of(asked.getBytes(UTF_8)));
    return mac("entered|%s|%s|%s|%s".formatted(id, what, behalf, hex.formatHex(who)));
  }

  /**
   * Who entered it: likewise of {@code who|<id>|<SHA-256(name)>}. Names are few, so whoever has no
   * token must not be able to try them.
   *
   * @param nameHash SHA-256 of what the person is called by
   */
  public byte[] enteredBy(RowId id, byte[] nameHash) {
    return mac("who|%s|%s".formatted(id, HexFormat.of().formatHex(nameHash)));
  }

  private byte[] mac(String message) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(message.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform must have HmacSHA256", e);
    }
  }

  /** Whether a proof that chose nothing is this token's, likewise. */
  public boolean proves(RowId id, int linkNo, byte[] proof) {
    return MessageDigest.isEqual(proof(id, linkNo), proof);
  }

  /**
   * The key for data that only the holder of this link may open: HKDF-SHA256 (RFC 5869) of the
   * token, with {@code copy|<id>} as its info, so that no two requests share a key.
   */
  public SecretKey copyKey(RowId id) {
    try {
      var derivation =
          HKDFParameterSpec.ofExtract()
              .addIKM(secret)
              .thenExpand("copy|%s".formatted(id).getBytes(UTF_8), BYTES);
      return KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HKDF-SHA256", e);
    }
  }

  /** Never the secret: tokens end up in messages by accident. */
  @Override
  public String toString() {
    return "LinkToken[…]";
  }
}
