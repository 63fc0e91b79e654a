package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** {@code AWS::KMS::Key} and {@code AWS::KMS::Alias}. */
final class Keys {

  private final KmsClient kms;
  private final Parts parts;

  Keys(KmsClient kms, Parts parts) {
    this.kms = kms;
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
    KeyMetadata key = kms.createKey(request.build()).keyMetadata();
    if (properties.flag("EnableKeyRotation")) {
      kms.enableKeyRotation(rotation -> rotation.keyId(key.keyId()));
    }
    parts.keys.add(new Stack.Key(logicalId, key.keyId(), key.arn(), policy));
    return new Identity(key.keyId(), Map.of("Arn", key.arn(), "KeyId", key.keyId()));
  }

  Identity createAlias(Properties properties) {
    String name = properties.text("AliasName");
    String keyArn =
        parts
            .keyArn(properties, "TargetKeyId")
            .orElseThrow(() -> properties.fault("TargetKeyId", "is missing"));
    kms.createAlias(alias -> alias.aliasName(name).targetKeyId(keyArn));
    return Identity.of(name);
  }
}
