package io.vestibule.local.kms;

import io.vestibule.local.aws.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * What {@code Encrypt} returns: AES-256-GCM, with the key's name and the encryption context bound
 * in. Layout: version (1 byte), length of the key id (1), key id, CRC-32 of all that (4), nonce
 * (12), ciphertext with its tag of 16 bytes.
 *
 * @param keyId the key that it names
 * @param sealed nonce and ciphertext
 */
record CiphertextBlob(String keyId, byte[] sealed) {

  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  static CiphertextBlob seal(
      String keyId,
      SecretKey key,
      byte[] plaintext,
      Map<String, String> context,
      SecureRandom random) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, keyId, key, nonce, context);
      var ciphertext = cipher.doFinal(plaintext);
      var sealed = Arrays.copyOf(nonce, NONCE_BYTES + ciphertext.length);
      System.arraycopy(ciphertext, 0, sealed, NONCE_BYTES, ciphertext.length);
      return new CiphertextBlob(keyId, sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is in every JDK", e);
    }
  }

  byte[] open(SecretKey key, Map<String, String> context) throws Refusal {
    var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, keyId, key, nonce, context)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw invalid();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is in every JDK", e);
    }
  }

  byte[] toBytes() {
    var header = header(keyId);
    return ByteBuffer.allocate(header.length + Integer.BYTES + sealed.length)
        .put(header)
        .putInt(checksum(header))
        .put(sealed)
        .array();
  }

  /**
   * Reads the layout. The checksum tells a damaged name from the name of a key that is gone: AWS
   * gives different errors for them.
   */
  static CiphertextBlob parse(byte[] bytes) throws Refusal {
    int idLength = bytes.length < 2 ? 0 : Byte.toUnsignedInt(bytes[1]);
    int headerLength = 2 + idLength;
    if (bytes.length < headerLength + Integer.BYTES + NONCE_BYTES + TAG_BYTES
        || bytes[0] != VERSION) {
      throw invalid();
    }
    var keyId = new String(bytes, 2, idLength, StandardCharsets.US_ASCII);
    if (ByteBuffer.wrap(bytes).getInt(headerLength)
        != checksum(Arrays.copyOf(bytes, headerLength))) {
      throw invalid();
    }
    var sealed = Arrays.copyOfRange(bytes, headerLength + Integer.BYTES, bytes.length);
    return new CiphertextBlob(keyId, sealed);
  }

  private static Cipher cipher(
      int mode, String keyId, SecretKey key, byte[] nonce, Map<String, String> context)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(header(keyId));
    cipher.updateAAD(canonical(new TreeMap<>(context)));
    return cipher;
  }

  /** Sorted, and every string behind its length: no two contexts have the same bytes. */
  private static byte[] canonical(SortedMap<String, String> context) {
    var strings =
        context.entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
            .map(string -> string.getBytes(StandardCharsets.UTF_8))
            .toList();
    var buffer =
        ByteBuffer.allocate(strings.stream().mapToInt(each -> Integer.BYTES + each.length).sum());
    strings.forEach(each -> buffer.putInt(each.length).put(each));
    return buffer.array();
  }

  private static byte[] header(String keyId) {
    var id = keyId.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(2 + id.length).put(VERSION).put((byte) id.length).put(id).array();
  }

  private static int checksum(byte[] header) {
    var crc = new CRC32();
    crc.update(header);
    return (int) crc.getValue();
  }

  /** AWS does not say what is wrong with a ciphertext: the error has no message. */
  private static Refusal invalid() {
    return new Refusal(400, "InvalidCiphertextException", null);
  }
}
