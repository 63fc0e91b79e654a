package io.vestibule.core;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import java.security.GeneralSecurityException;

/**
 * The public half of a sealing key: seals, and can open nothing.
 *
 * <p>HPKE with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM (RFC 9180), by Tink.
 */
public final class SealingKey {

  private final String id;
  private final HybridEncrypt encrypter;

  private SealingKey(String id, HybridEncrypt encrypter) {
    this.id = id;
    this.encrypter = encrypter;
  }

  /** Makes a pair of which this is the public half. */
  public static KeysetHandle newPair() {
    try {
      var hpke =
          HpkeParameters.builder()
              .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
              .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
              .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
              .setVariant(HpkeParameters.Variant.TINK)
              .build();
      return KeysetHandle.generateNew(hpke, HybridConfig2026.get());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("an HPKE key pair can always be generated", e);
    }
  }

  /** The public half of a pair, as {@link #parse} reads it. */
  public static byte[] publicKeyset(KeysetHandle pair) {
    try {
      return TinkProtoKeysetFormat.serializeKeysetWithoutSecret(
          pair.getPublicKeysetHandle(), HybridConfig2026.get());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("an HPKE key pair always has a public half", e);
    }
  }

  /**
   * Reads the public keyset as the key table holds it.
   *
   * @throws GeneralSecurityException if the bytes are no such keyset
   */
  public static SealingKey parse(String id, byte[] publicKeyset) throws GeneralSecurityException {
    var config = HybridConfig2026.get();
    var handle = TinkProtoKeysetFormat.parseKeysetWithoutSecret(publicKeyset, config);
    return new SealingKey(id, handle.getPrimitive(config, HybridEncrypt.class));
  }

  public String id() {
    return id;
  }

  /** Seals a submission for the row and form that it will be stored under, and for no other. */
  public SealedContent seal(RowId row, String form, byte[] plaintext) {
    try {
      var info = SealedContent.contextInfo(row, form, id);
      return new SealedContent(id, encrypter.encrypt(plaintext, info));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("sealing with a parsed key cannot fail", e);
    }
  }
}
