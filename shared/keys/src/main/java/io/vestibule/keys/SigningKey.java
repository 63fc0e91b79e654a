package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vestibule.core.Env;
import io.vestibule.core.Sha256;
import io.vestibule.store.AwsClients;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * The key that signs what others must be able to check: ECDSA on P-256 with SHA-256. It never
 * leaves KMS; each signature, and each look at the public half, is one KMS request.
 */
public final class SigningKey {

  private final KmsClient kms;
  private final String keyArn;

  public SigningKey(KmsClient kms, String keyArn) {
    this.kms = kms;
    this.keyArn = keyArn;
  }

  public static SigningKey of(Env env, String keyArn) {
    return new SigningKey(AwsClients.configure(KmsClient.builder(), env).build(), keyArn);
  }

  /**
   * Signs a message of any length.
   *
   * @return the signature in DER (ANSI X9.62), as {@code openssl dgst -sha256 -verify} takes it
   */
  public byte[] sign(byte[] message) {
    // The digest, because KMS takes 4,096 bytes of a message at most.
    return kms.sign(
            sign ->
                sign.keyId(keyArn)
                    .message(SdkBytes.fromByteArray(Sha256.of(message)))
                    .messageType(MessageType.DIGEST)
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
        .signature()
        .asByteArray();
  }

  /** The public half, from KMS itself: nobody who can write to our tables can change it. */
  public PublicKey publicKey() {
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("KMS gave a public key that is none of an EC key", e);
    }
  }

  /** The public half as a file to give away (RFC 7468). */
  public String publicKeyInPem() {
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
    return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
        .formatted(base64.encodeToString(subjectPublicKeyInfo()));
  }

  private byte[] subjectPublicKeyInfo() {
    return kms.getPublicKey(get -> get.keyId(keyArn)).publicKey().asByteArray();
  }
}
