package io.vestibule.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import io.vestibule.core.Env;
import io.vestibule.store.AwsClients;
import java.security.GeneralSecurityException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * The KMS key that wraps keysets, and nothing else. Each wrapping and each unwrapping is one KMS
 * request; a keyset is 100 to 200 bytes long when it is wrapped.
 */
public final class KeysetKey {

  private static final byte[] NO_ASSOCIATED_DATA = new byte[0];

  /**
   * Bytes. KMS takes no longer ciphertext, and none of 0 bytes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html#KMS-Decrypt-request-CiphertextBlob">Decrypt</a>
   */
  private static final int LONGEST = 6144;

  private final KmsClient kms;
  private final String keyArn;

  public KeysetKey(KmsClient kms, String keyArn) {
    this.kms = kms;
    this.keyArn = keyArn;
  }

  public static KeysetKey of(Env env, String keyArn) {
    return new KeysetKey(AwsClients.configure(KmsClient.builder(), env).build(), keyArn);
  }

  /**
   * Wraps a keyset for one use.
   *
   * @param config the Tink configuration that knows the keyset's type
   */
  public byte[] wrap(KeysetHandle keyset, KeyUse use, Configuration config) {
    try {
      return TinkProtoKeysetFormat.serializeEncryptedKeyset(
          keyset, new UnderKms(use), NO_ASSOCIATED_DATA, config);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this configuration cannot write such a keyset", e);
    }
  }

  /**
   * Unwraps a keyset.
   *
   * @throws CannotUnwrap if it was wrapped for another use, under another key, or was changed
   */
  public KeysetHandle unwrap(byte[] wrapped, KeyUse use, Configuration config) throws CannotUnwrap {
    try {
      return TinkProtoKeysetFormat.parseEncryptedKeyset(
          wrapped, new UnderKms(use), NO_ASSOCIATED_DATA, config);
    } catch (GeneralSecurityException | InvalidCiphertextException | IncorrectKeyException e) {
      throw new CannotUnwrap(use, e);
    }
  }

  /** The wrapped bytes are no keyset for this use. */
  public static final class CannotUnwrap extends Exception {
    CannotUnwrap(KeyUse use, Throwable cause) {
      super("no keyset for " + use.encryptionContext(), cause);
    }
  }

  /**
   * The key as Tink sees it. Not tink-awskms: that folds associated data into one context entry of
   * its own, so that no policy could tell one use from another.
   */
  private final class UnderKms implements Aead {

    private final KeyUse use;

    UnderKms(KeyUse use) {
      this.use = use;
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
      refuse(associatedData);
      return kms.encrypt(
              request ->
                  request
                      .keyId(keyArn)
                      .plaintext(SdkBytes.fromByteArray(plaintext))
                      .encryptionContext(use.encryptionContext()))
          .ciphertextBlob()
          .asByteArray();
    }

    /**
     * Names the key: without it, KMS would take any key that the caller may use.
     *
     * @throws GeneralSecurityException if KMS would not look at it. Whoever may write a table with
     *     wrapped keysets can put such a one there; KMS's refusal looks like a mistake of ours,
     *     which the next attempt may find mended
     */
    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
        throws GeneralSecurityException {
      refuse(associatedData);
      if (ciphertext.length == 0 || ciphertext.length > LONGEST) {
        throw new GeneralSecurityException("no ciphertext of KMS has this length");
      }
      return kms.decrypt(
              request ->
                  request
                      .keyId(keyArn)
                      .ciphertextBlob(SdkBytes.fromByteArray(ciphertext))
                      .encryptionContext(use.encryptionContext()))
          .plaintext()
          .asByteArray();
    }

    private static void refuse(byte[] associatedData) {
      if (associatedData.length > 0) {
        throw new IllegalArgumentException("what is bound is bound by the encryption context");
      }
    }
  }
}
