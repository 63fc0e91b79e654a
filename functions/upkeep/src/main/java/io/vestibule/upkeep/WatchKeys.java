package io.vestibule.upkeep;

import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * Looks whether each key of the installation in KMS can be used. What a key has wrapped is lost
 * with it, and its deletion can be cancelled for 7 to 30 days only.
 */
record WatchKeys(KmsClient kms, List<String> keyArns) {

  private static final Logger LOG = LoggerFactory.getLogger(WatchKeys.class);

  /**
   * Those that cannot be used, and those that KMS does not tell of. One KMS request for each key of
   * the installation.
   */
  List<String> unusable() {
    return keyArns.stream().filter(key -> !isUsable(key)).toList();
  }

  private boolean isUsable(String keyArn) {
    try {
      var state = kms.describeKey(describe -> describe.keyId(keyArn)).keyMetadata().keyState();
      if (state == KeyState.ENABLED) {
        return true;
      }
      LOG.error("Key {} is {}", keyArn, state, OperatorCode.KEY_UNUSABLE.entry());
    } catch (SdkException e) {
      LOG.error(
          "KMS does not tell of key {}",
          keyArn,
          OperatorCode.KEY_UNUSABLE.entry(),
          new Redacted(e));
    }
    return false;
  }
}
