package io.vestibule.local.kms;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * AWS KMS for the operations that this project calls. Encryption is real; keys live in memory and
 * end with the process. Key policies and IAM are not looked at here: the door before it does that.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/">KMS API reference</a>
 */
public final class KmsEmulator implements Backend {

  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String DATA_KEY = "AES_256";
  private static final int DATA_KEY_BYTES = 32;
  private static final int PLAINTEXT_LIMIT = 4096;
  private static final int CIPHERTEXT_LIMIT = 6144;
  private static final JsonMapper JSON = new JsonMapper();

  private final Keyring keys;
  private final Clock clock;
  private final SecureRandom random;

  public KmsEmulator(String region, String account, Clock clock, SecureRandom random) {
    this.keys = new Keyring(region, account, clock, random);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public synchronized Response handle(Request request) {
    keys.dropWhatIsDue();
    try {
      var parameters = Parameters.parse(request.body(), "ValidationException");
      var answer = perform(request.jsonOperation().orElse(""), parameters);
      return new Response(
          200,
          Map.of("Content-Type", CONTENT_TYPE),
          answer.map(JsonNode::toString).orElse("").getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  private Optional<ObjectNode> perform(String operation, Parameters parameters) throws Refusal {
    return switch (operation) {
      case "CreateKey" -> Optional.of(createKey(parameters));
      case "DescribeKey" -> Optional.of(describeKey(parameters));
      case "Encrypt" -> Optional.of(encrypt(parameters));
      case "Decrypt" -> Optional.of(decrypt(parameters));
      case "GenerateDataKey" -> Optional.of(generateDataKey(parameters));
      case "Sign" -> Optional.of(Signing.sign(keys, parameters));
      case "GetPublicKey" -> Optional.of(Signing.getPublicKey(keys, parameters));
      case "ScheduleKeyDeletion" -> Optional.of(scheduleKeyDeletion(parameters));
      case "CancelKeyDeletion" -> Optional.of(cancelKeyDeletion(parameters));
      case "CreateAlias" -> {
        createAlias(parameters);
        yield Optional.empty();
      }
      case "EnableKeyRotation" -> {
        key(parameters.only("KeyId", "RotationPeriodInDays")).enableRotation();
        yield Optional.empty();
      }
      case "GetKeyRotationStatus" -> Optional.of(rotationStatus(parameters));
      case "EnableKey" -> {
        key(parameters.only("KeyId")).enable();
        yield Optional.empty();
      }
      case "DisableKey" -> {
        key(parameters.only("KeyId")).disable();
        yield Optional.empty();
      }
      default -> throw new Refusal(400, "UnknownOperationException", null);
    };
  }

  private ObjectNode createKey(Parameters parameters) throws Refusal {
    parameters.only("Description", "KeySpec", "KeyUsage", "MultiRegion", "Policy", "Tags");
    requirePolicyIsJson(parameters);
    var key =
        keys.create(
            keySpec(parameters),
            parameters.text("Description").orElse(""),
            parameters.flag("MultiRegion"));
    return object("KeyMetadata", key.metadata());
  }

  private static KeySpec keySpec(Parameters parameters) throws Refusal {
    var name = parameters.text("KeySpec").orElse("SYMMETRIC_DEFAULT");
    var usage = parameters.text("KeyUsage").orElse("ENCRYPT_DECRYPT");
    for (var spec : KeySpec.values()) {
      if (spec.name().equals(name) && spec.usage.equals(usage)) {
        return spec;
      }
    }
    throw parameters.invalid(
        "KeyUsage %s is not compatible with KeySpec %s".formatted(usage, name));
  }

  private static void requirePolicyIsJson(Parameters parameters) throws Refusal {
    try {
      JSON.readTree(parameters.text("Policy").orElse("{}"));
    } catch (JacksonException e) {
      throw new Refusal(400, "MalformedPolicyDocumentException", "Policy contains invalid json");
    }
  }

  private ObjectNode describeKey(Parameters parameters) throws Refusal {
    return object("KeyMetadata", keys.find(parameters.only("KeyId").required("KeyId")).metadata());
  }

  private ObjectNode rotationStatus(Parameters parameters) throws Refusal {
    var key = keys.find(parameters.only("KeyId").required("KeyId"));
    return JsonNodeFactory.instance.objectNode().put("KeyRotationEnabled", key.isRotated());
  }

  private void createAlias(Parameters parameters) throws Refusal {
    parameters.only("AliasName", "TargetKeyId");
    var target = keys.findKey(parameters.required("TargetKeyId"));
    target.requireNotPendingDeletion();
    keys.alias(parameters.required("AliasName"), target);
  }

  private ObjectNode encrypt(Parameters parameters) throws Refusal {
    parameters.only("KeyId", "Plaintext", "EncryptionContext", "EncryptionAlgorithm");
    var plaintext = parameters.bytes("Plaintext", PLAINTEXT_LIMIT);
    var key = keys.find(parameters.required("KeyId"));
    var material = key.materialFor("Encrypt");
    requireSymmetric(parameters);
    return cipherAnswer(key).put("CiphertextBlob", seal(key, material, plaintext, parameters));
  }

  private byte[] seal(Key key, SecretKey material, byte[] plaintext, Parameters parameters)
      throws Refusal {
    return CiphertextBlob.seal(
            key.identity().id(), material, plaintext, parameters.map("EncryptionContext"), random)
        .toBytes();
  }

  private ObjectNode decrypt(Parameters parameters) throws Refusal {
    parameters.only("KeyId", "CiphertextBlob", "EncryptionContext", "EncryptionAlgorithm");
    var blob = CiphertextBlob.parse(parameters.bytes("CiphertextBlob", CIPHERTEXT_LIMIT));
    var key = keyFor(blob, parameters.text("KeyId"));
    var material = key.materialFor("Decrypt");
    requireSymmetric(parameters);
    return cipherAnswer(key)
        .put("Plaintext", blob.open(material, parameters.map("EncryptionContext")));
  }

  private ObjectNode generateDataKey(Parameters parameters) throws Refusal {
    parameters.only("KeyId", "KeySpec", "EncryptionContext");
    if (!parameters.required("KeySpec").equals(DATA_KEY)) {
      throw parameters.invalid("Here a data key is of " + DATA_KEY);
    }
    var key = keys.find(parameters.required("KeyId"));
    var material = key.materialFor("GenerateDataKey");
    var plaintext = new byte[DATA_KEY_BYTES];
    random.nextBytes(plaintext);
    return object("KeyId", key.identity().arn())
        .put("Plaintext", plaintext)
        .put("CiphertextBlob", seal(key, material, plaintext, parameters));
  }

  private Key keyFor(CiphertextBlob blob, Optional<String> named) throws Refusal {
    if (named.isEmpty()) {
      return keys.withId(blob.keyId())
          .orElseThrow(
              () ->
                  new Refusal(
                      400,
                      "AccessDeniedException",
                      "The ciphertext refers to a customer master key that does not exist, does not"
                          + " exist in this region, or you are not allowed to access."));
    }
    var key = keys.find(named.get());
    if (!key.identity().id().equals(blob.keyId())) {
      throw new Refusal(
          400,
          "IncorrectKeyException",
          "The key ID in the request does not identify a CMK that can perform this operation.");
    }
    return key;
  }

  private static void requireSymmetric(Parameters parameters) throws Refusal {
    var algorithm = parameters.text("EncryptionAlgorithm").orElse("SYMMETRIC_DEFAULT");
    if (!algorithm.equals("SYMMETRIC_DEFAULT")) {
      throw new Refusal(400, "InvalidKeyUsageException", "Algorithm is " + algorithm + ".");
    }
  }

  private ObjectNode scheduleKeyDeletion(Parameters parameters) throws Refusal {
    int days =
        parameters.only("KeyId", "PendingWindowInDays").integer("PendingWindowInDays").orElse(30);
    if (days < 7 || days > 30) {
      throw parameters.invalid("PendingWindowInDays must be between 7 and 30.");
    }
    var key = key(parameters);
    var due = clock.instant().plus(Duration.ofDays(days));
    key.scheduleDeletion(due);
    return object("KeyId", key.identity().arn())
        .put("DeletionDate", Key.seconds(due))
        .put("KeyState", "PendingDeletion")
        .put("PendingWindowInDays", days);
  }

  private ObjectNode cancelKeyDeletion(Parameters parameters) throws Refusal {
    var key = key(parameters.only("KeyId"));
    key.cancelDeletion();
    return object("KeyId", key.identity().arn());
  }

  private Key key(Parameters parameters) throws Refusal {
    return keys.findKey(parameters.required("KeyId"));
  }

  private static ObjectNode cipherAnswer(Key key) {
    return object("KeyId", key.identity().arn()).put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
  }

  private static ObjectNode object(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  private static ObjectNode object(String name, ObjectNode value) {
    return JsonNodeFactory.instance.objectNode().set(name, value);
  }
}
