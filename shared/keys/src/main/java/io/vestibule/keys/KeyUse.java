package io.vestibule.keys;

import io.vestibule.store.keys.SystemKeys;
import java.util.Map;

/**
 * What a keyset is for: the KMS encryption context that it is wrapped with.
 *
 * <p>KMS binds the context into the wrapping, so a keyset that was put in another's place does not
 * unwrap; IAM policies decide by it who may unwrap what; and CloudTrail shows it at every use.
 */
public record KeyUse(Map<String, String> encryptionContext) {

  public KeyUse {
    encryptionContext = Map.copyOf(encryptionContext);
  }

  public static KeyUse sealing(String keyId) {
    return new KeyUse(Map.of("use", "sealing", "key", keyId));
  }

  public static KeyUse system(SystemKeys.Name name) {
    return new KeyUse(Map.of("use", name.text()));
  }

  /** Of a version of the key of links; the first is as old as the others of the system. */
  static KeyUse link(int version) {
    return version == 1
        ? system(SystemKeys.Name.LINK)
        : new KeyUse(Map.of("use", SystemKeys.Name.LINK.text(), "key", Integer.toString(version)));
  }

  public static KeyUse customer(String customerId) {
    return new KeyUse(Map.of("use", "customer", "customer", customerId));
  }
}
