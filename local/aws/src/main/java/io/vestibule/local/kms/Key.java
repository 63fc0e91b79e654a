package io.vestibule.local.kms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Refusal;
import io.vestibule.local.kms.KeyState.Disabled;
import io.vestibule.local.kms.KeyState.Enabled;
import io.vestibule.local.kms.KeyState.PendingDeletion;
import java.security.KeyPair;
import java.time.Instant;
import javax.crypto.SecretKey;

/** One key with its material and its state. */
final class Key {

  /**
   * What never changes about a key.
   *
   * @param arn {@code arn:aws:kms:<region>:<account>:key/<id>}
   */
  record Identity(
      String id,
      String arn,
      String region,
      String account,
      KeySpec spec,
      String description,
      boolean multiRegion,
      Instant created) {}

  private final Identity identity;
  private final Material material;
  private KeyState state = new Enabled();
  private boolean isRotated;

  /** What a key is made of; it never leaves. */
  sealed interface Material {
    record Symmetric(SecretKey key) implements Material {}

    record Signing(KeyPair pair) implements Material {}
  }

  Key(Identity identity, Material material) {
    this.identity = identity;
    this.material = material;
  }

  Identity identity() {
    return identity;
  }

  KeyState state() {
    return state;
  }

  /** The material, for an operation that only enabled keys that encrypt allow. */
  SecretKey materialFor(String operation) throws Refusal {
    requireEnabled();
    if (material instanceof Material.Symmetric(var key)) {
      return key;
    }
    throw invalidUse(operation);
  }

  /** The material, for an operation that only enabled keys that sign allow. */
  KeyPair pairFor(String operation) throws Refusal {
    requireEnabled();
    if (material instanceof Material.Signing(var pair)) {
      return pair;
    }
    throw invalidUse(operation);
  }

  private Refusal invalidUse(String operation) {
    return new Refusal(
        400,
        "InvalidKeyUsageException",
        "%s key usage is %s which is not valid for %s."
            .formatted(identity.arn, identity.spec.usage, operation));
  }

  void requireEnabled() throws Refusal {
    requireNotPendingDeletion();
    if (state instanceof Disabled) {
      throw new Refusal(400, "DisabledException", identity.arn + " is disabled.");
    }
  }

  void requireNotPendingDeletion() throws Refusal {
    if (state instanceof PendingDeletion) {
      throw invalidState("is pending deletion.");
    }
  }

  /** Turns the key's yearly rotation on. A ciphertext opens the same before it and after it. */
  void enableRotation() throws Refusal {
    requireEnabled();
    if (identity.spec != KeySpec.SYMMETRIC_DEFAULT) {
      throw new Refusal(400, "UnsupportedOperationException", null);
    }
    isRotated = true;
  }

  boolean isRotated() {
    return isRotated;
  }

  void enable() throws Refusal {
    requireNotPendingDeletion();
    state = new Enabled();
  }

  void disable() throws Refusal {
    requireNotPendingDeletion();
    state = new Disabled();
  }

  void scheduleDeletion(Instant due) throws Refusal {
    requireNotPendingDeletion();
    state = new PendingDeletion(due);
  }

  /** Saves the key; as in AWS it comes back disabled. */
  void cancelDeletion() throws Refusal {
    if (!(state instanceof PendingDeletion)) {
      throw invalidState("is not pending deletion.");
    }
    state = new Disabled();
  }

  boolean isDue(Instant now) {
    return state instanceof PendingDeletion(Instant due) && !now.isBefore(due);
  }

  /** The key as {@code KeyMetadata} describes it. */
  ObjectNode metadata() {
    var metadata =
        JsonNodeFactory.instance
            .objectNode()
            .put("AWSAccountId", identity.account)
            .put("KeyId", identity.id)
            .put("Arn", identity.arn)
            .put("CreationDate", seconds(identity.created))
            .put("Enabled", state instanceof Enabled)
            .put("Description", identity.description)
            .put("KeyUsage", identity.spec.usage)
            .put("KeyState", state.getClass().getSimpleName())
            .put("Origin", "AWS_KMS")
            .put("KeyManager", "CUSTOMER")
            .put("KeySpec", identity.spec.name())
            .put("CustomerMasterKeySpec", identity.spec.name())
            .put("MultiRegion", identity.multiRegion);
    switch (identity.spec) {
      case SYMMETRIC_DEFAULT -> metadata.putArray("EncryptionAlgorithms").add("SYMMETRIC_DEFAULT");
      case ECC_NIST_P256 -> metadata.putArray("SigningAlgorithms").add("ECDSA_SHA_256");
    }
    if (state instanceof PendingDeletion(Instant due)) {
      metadata.put("DeletionDate", seconds(due));
    }
    if (identity.multiRegion) {
      var configuration =
          metadata.putObject("MultiRegionConfiguration").put("MultiRegionKeyType", "PRIMARY");
      configuration.putObject("PrimaryKey").put("Arn", identity.arn).put("Region", identity.region);
      configuration.putArray("ReplicaKeys");
    }
    return metadata;
  }

  /** A point in time as KMS writes it: seconds with a fraction. */
  static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private Refusal invalidState(String words) {
    return new Refusal(400, "KMSInvalidStateException", identity.arn + " " + words);
  }
}
