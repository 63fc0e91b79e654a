package io.vestibule.core;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * An entry of the ledger of erasures, as its name in the backup bucket tells it: {@code
 * ledger/2/<customerId>.<signature>.json}. The name has everything that is signed, so whoever lists
 * the names can check the whole ledger without reading an object.
 *
 * @param customerId the number that was erased, and is never used again
 * @param erasedAt to the millisecond
 * @param signature ECDSA (P-256, SHA-256) in DER, of {@link #signed}
 */
public record LedgerEntry(String customerId, Instant erasedAt, byte[] signature) {

  /** The folder of the ledger, with the unsigned entries of the version before in it. */
  public static final String LEDGER = "ledger/";

  /** The names of all entries begin with it. */
  public static final String PREFIX = LEDGER + "2/";

  private static final String SUFFIX = ".json";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  /** What is signed. */
  public static byte[] signed(String customerId, Instant erasedAt) {
    return "ledger|2|%s|%s".formatted(customerId, Timestamp.of(erasedAt)).getBytes(UTF_8);
  }

  /** The name of the unsigned entry that the version before reads. */
  public static String unsignedKey(String customerId) {
    return LEDGER + customerId + SUFFIX;
  }

  /** Whom an unsigned entry names, true or not; empty if the name is of another kind. */
  public static Optional<String> unsignedCustomerId(String key) {
    return Optional.of(key.substring(LEDGER.length()))
        .filter(it -> it.endsWith(SUFFIX) && !it.contains("/"))
        .map(it -> it.substring(0, it.length() - SUFFIX.length()));
  }

  /** What the names of a customer's entries begin with. */
  public static String prefix(String customerId) {
    return PREFIX + customerId + ".";
  }

  /** The name of the object: what follows the number is the time, and then the signature. */
  public String key() {
    var token =
        ByteBuffer.allocate(Long.BYTES + signature.length)
            .putLong(erasedAt.toEpochMilli())
            .put(signature);
    return prefix(customerId) + ENCODER.encodeToString(token.array()) + SUFFIX;
  }

  /** Whom an entry names, true or not: what stands before the last point of two. */
  public static String customerId(String key) {
    var name = key.substring(PREFIX.length());
    var unsuffixed =
        name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    int point = unsuffixed.lastIndexOf('.');
    return point < 0 ? unsuffixed : unsuffixed.substring(0, point);
  }

  /** Reads the name of an object; empty if it cannot be an entry's. */
  public static Optional<LedgerEntry> parse(String key) {
    if (!key.startsWith(PREFIX) || !key.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    var customerId = customerId(key);
    int begin = prefix(customerId).length();
    int end = key.length() - SUFFIX.length();
    return begin > end ? Optional.empty() : read(customerId, key.substring(begin, end));
  }

  private static Optional<LedgerEntry> read(String customerId, String token) {
    try {
      var bytes = ByteBuffer.wrap(DECODER.decode(token.getBytes(US_ASCII)));
      if (bytes.remaining() <= Long.BYTES) {
        return Optional.empty();
      }
      var erasedAt = Instant.ofEpochMilli(bytes.getLong());
      var signature = new byte[bytes.remaining()];
      bytes.get(signature);
      return Optional.of(new LedgerEntry(customerId, erasedAt, signature));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether the holder of the key has signed that the number was erased then. */
  public boolean isSignedBy(PublicKey key) {
    try {
      var verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(signed(customerId, erasedAt));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // Not even a signature.
    }
  }
}
