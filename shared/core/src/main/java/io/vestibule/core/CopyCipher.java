package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts the copy of their data that somebody asked for, or the receipt, so that only the link
 * opens it that was mailed to them: AES-256-GCM under {@link LinkToken#copyKey}.
 *
 * <p>A part is 12 random bytes (the nonce), and then the ciphertext with its tag of 16 bytes.
 * Associated data: {@code copy|<id>|<part>|<parts>}, or {@code receipt|…}, or {@code awaits|…}. So
 * no part can be left out, moved, or put into another copy.
 */
public final class CopyCipher {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final RowId request;
  private final String what;

  public CopyCipher(LinkToken token, RowId request) {
    this(token, request, "copy");
  }

  private CopyCipher(LinkToken token, RowId request, String what) {
    this.key = token.copyKey(request);
    this.request = request;
    this.what = what;
  }

  /** For the request's receipt, which is two parts: the document, and its signature. */
  public static CopyCipher ofReceipt(LinkToken token, RowId request) {
    return new CopyCipher(token, request, "receipt");
  }

  /**
   * For what we keep of a request until everybody has answered.
   *
   * @param secret of ours, which nobody was mailed
   */
  public static CopyCipher ofAwaited(LinkToken secret, RowId request) {
    return new CopyCipher(secret, request, "awaits");
  }

  /**
   * Encrypts a part.
   *
   * @param part its number, from 0
   * @param parts how many there are
   */
  public byte[] encrypt(byte[] plaintext, int part, int parts, SecureRandom random) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var ciphertext = cipher(Cipher.ENCRYPT_MODE, nonce, part, parts).doFinal(plaintext);
      var both = Arrays.copyOf(nonce, nonce.length + ciphertext.length);
      System.arraycopy(ciphertext, 0, both, nonce.length, ciphertext.length);
      return both;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has AES/GCM", e);
    }
  }

  /**
   * Decrypts a part.
   *
   * @throws GeneralSecurityException if it is another's, another one, or was changed
   */
  public byte[] decrypt(byte[] encrypted, int part, int parts) throws GeneralSecurityException {
    if (encrypted.length < NONCE_BYTES) {
      throw new GeneralSecurityException("too short");
    }
    var nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
    return cipher(Cipher.DECRYPT_MODE, nonce, part, parts)
        .doFinal(encrypted, NONCE_BYTES, encrypted.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, byte[] nonce, int part, int parts)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD("%s|%s|%d|%d".formatted(what, request, part, parts).getBytes(UTF_8));
    return cipher;
  }
}
