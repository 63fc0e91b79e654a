package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** {@code AWS::KMS::Key} and {@code AWS::KMS::Alias}. */
final class Keys {

  private final KmsClient kms;
  private final KeyNames names;
  private final Parts parts;

  Keys(KmsClient kms, KeyNames names, Parts parts) {
    this.kms = kms;
    this.names = names;
    this.parts = parts;
  }

  Identity createKey(String logicalId, Properties properties) {
    properties.ignore("Tags", "PendingWindowInDays", "RotationPeriodInDays");
    properties.allowOnly("Enabled", "true");
    JsonNode policy = properties.tree("KeyPolicy");
    if (!policy.isObject()) {
      throw properties.fault("KeyPolicy", "is missing");
    }
    var request = CreateKeyRequest.builder().policy(policy.toString());
    properties.optionalText("Description").ifPresent(request::description);
    properties.optionalText("KeySpec").ifPresent(request::keySpec);
    properties.optionalText("KeyUsage").ifPresent(request::keyUsage);
    if (properties.flag("MultiRegion")) {
      request.multiRegion(true);
    }
    KeyMetadata key = foundOrCreated(logicalId, properties, request.build());
    if (properties.flag("EnableKeyRotation")) {
      kms.enableKeyRotation(rotation -> rotation.keyId(key.keyId()));
    }
    parts.keys.add(new Stack.Key(logicalId, key.keyId(), key.arn(), policy));
    return new Identity(key.keyId(), Map.of("Arn", key.arn(), "KeyId", key.keyId()));
  }

  private KeyMetadata foundOrCreated(
      String logicalId, Properties properties, CreateKeyRequest wanted) {
    List<String> aliases = names.aliases(logicalId);
    List<String> all = aliases.isEmpty() ? List.of(names.own(logicalId)) : aliases;
    Optional<KeyMetadata> found = all.stream().flatMap(name -> named(name).stream()).findFirst();
    if (found.isPresent()) {
      requireSame(found.get(), wanted, properties);
      return found.get();
    }
    KeyMetadata created = kms.createKey(wanted).keyMetadata();
    if (aliases.isEmpty()) {
      kms.createAlias(alias -> alias.aliasName(names.own(logicalId)).targetKeyId(created.keyId()));
    }
    return created;
  }

  /** The key that an alias stands for, if an earlier run has made one. */
  private Optional<KeyMetadata> named(String alias) {
    try {
      return Optional.of(kms.describeKey(request -> request.keyId(alias)).keyMetadata());
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /** Not asked is whether it is of several Regions: before some emulators it is made without. */
  private static void requireSame(
      KeyMetadata found, CreateKeyRequest wanted, Properties properties) {
    if (found.keyState() == KeyState.PENDING_DELETION) {
      throw properties.fault("", "the key " + found.keyId() + " is there, and is to be deleted");
    }
    KeySpec spec = wanted.keySpec() == null ? KeySpec.SYMMETRIC_DEFAULT : wanted.keySpec();
    // moto keeps no usage where none was said.
    if (found.keySpec() != spec
        || (wanted.keyUsage() != null && found.keyUsage() != wanted.keyUsage())) {
      throw properties.fault(
          "KeySpec",
          "the key %s is there already and is %s, which cannot change"
              .formatted(found.keyId(), found.keySpecAsString()));
    }
  }

  Identity createAlias(Properties properties) {
    String name = properties.text("AliasName");
    String keyArn =
        parts
            .keyArn(properties, "TargetKeyId")
            .orElseThrow(() -> properties.fault("TargetKeyId", "is missing"));
    try {
      kms.createAlias(alias -> alias.aliasName(name).targetKeyId(keyArn));
    } catch (AlreadyExistsException there) {
      if (!named(name).map(KeyMetadata::arn).equals(Optional.of(keyArn))) {
        throw properties.fault("AliasName", name + " is there already, and stands for another key");
      }
    }
    return Identity.of(name);
  }
}
