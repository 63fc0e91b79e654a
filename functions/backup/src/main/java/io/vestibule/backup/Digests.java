package io.vestibule.backup;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Both checksums of a file: MD5, because the layout has it, and SHA-256, because it holds. */
public final class Digests {

  private final MessageDigest md5 = digest("MD5");
  private final MessageDigest sha256 = digest("SHA-256");

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform must have " + algorithm, e);
    }
  }

  /** A stream that counts what is written to the given one. */
  public OutputStream over(OutputStream output) {
    return new DigestOutputStream(new DigestOutputStream(output, md5), sha256);
  }

  public Digests update(byte[] content) {
    md5.update(content);
    sha256.update(content);
    return this;
  }

  /** The file that has just been stored; this object is used up. */
  public StoredFile file(String key, long items, long bytes, String etag) {
    return new StoredFile(
        key,
        items,
        bytes,
        Base64.getEncoder().encodeToString(md5.digest()),
        etag,
        HexFormat.of().formatHex(sha256.digest()),
        Map.of());
  }
}
