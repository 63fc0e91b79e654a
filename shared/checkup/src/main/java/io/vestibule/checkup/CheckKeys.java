package io.vestibule.checkup;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * Looks whether each key in KMS can be used: what a key has wrapped is lost with it.
 *
 * @param keyArns of the installation
 */
public record CheckKeys(KmsClient kms, List<String> keyArns) {

  public Check run() {
    var unusable =
        keyArns.stream().flatMap(key -> trouble(key).stream()).collect(Collectors.joining(", "));
    return unusable.isEmpty()
        ? Check.ok("keys")
        : Check.wrong("keys", "unusable", Map.of("keys", unusable));
  }

  private Optional<String> trouble(String key) {
    var told = kms.describeKey(describe -> describe.keyId(key)).keyMetadata();
    if (told.keyState() == KeyState.ENABLED) {
      return Optional.empty();
    }
    var until = told.deletionDate() == null ? "" : ", " + told.deletionDate();
    return Optional.of(key + " (" + told.keyState() + until + ")");
  }
}
