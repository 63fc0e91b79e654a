package io.vestibule.local.kms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * What asymmetric keys are for.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html">Sign</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html">GetPublicKey</a>
 */
final class Signing {

  private static final String ALGORITHM = "ECDSA_SHA_256";
  private static final int DIGEST_BYTES = 32;
  private static final int MESSAGE_LIMIT = 4096;

  private Signing() {}

  static ObjectNode sign(Keyring keys, Parameters parameters) throws Refusal {
    parameters.only("KeyId", "Message", "MessageType", "SigningAlgorithm");
    var message = parameters.bytes("Message", MESSAGE_LIMIT);
    var algorithm = parameters.required("SigningAlgorithm");
    var key = keys.find(parameters.required("KeyId"));
    var pair = key.pairFor("Sign");
    if (!algorithm.equals(ALGORITHM)) {
      throw new Refusal(
          400,
          "InvalidKeyUsageException",
          "Algorithm %s is incompatible with key spec %s."
              .formatted(algorithm, key.identity().spec()));
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("KeyId", key.identity().arn())
        .put("SigningAlgorithm", ALGORITHM)
        .put("Signature", signature(pair.getPrivate(), digest(parameters, message)));
  }

  private static byte[] digest(Parameters parameters, byte[] message) throws Refusal {
    var type = parameters.text("MessageType").orElse("RAW");
    return switch (type) {
      case "RAW" -> sha256(message);
      case "DIGEST" -> {
        if (message.length != DIGEST_BYTES) {
          throw parameters.invalid("Digest is invalid length for algorithm " + ALGORITHM + ".");
        }
        yield message;
      }
      default ->
          throw parameters.constraint(
              "Value '" + type + "'",
              "messageType",
              "Member must satisfy enum value set: [RAW, DIGEST, EXTERNAL_MU]");
    };
  }

  /** Signs a digest; the signature is in DER, as KMS gives it. */
  private static byte[] signature(PrivateKey key, byte[] digest) {
    try {
      var signature = Signature.getInstance("NONEwithECDSA");
      signature.initSign(key);
      signature.update(digest);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("this JDK signs with P-256", e);
    }
  }

  static ObjectNode getPublicKey(Keyring keys, Parameters parameters) throws Refusal {
    var key = keys.find(parameters.only("KeyId").required("KeyId"));
    if (key.identity().spec() == KeySpec.SYMMETRIC_DEFAULT) {
      throw new Refusal(400, "UnsupportedOperationException", null);
    }
    var answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("KeyId", key.identity().arn())
            .put("PublicKey", key.pairFor("GetPublicKey").getPublic().getEncoded())
            .put("KeySpec", key.identity().spec().name())
            .put("CustomerMasterKeySpec", key.identity().spec().name())
            .put("KeyUsage", key.identity().spec().usage);
    answer.putArray("SigningAlgorithms").add(ALGORITHM);
    return answer;
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform must have SHA-256", e);
    }
  }
}
