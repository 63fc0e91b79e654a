package io.vestibule.local.doctor;

import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.KmsClient;

/** Looks whether the keys can be used, and whether those are renewed each year that can be. */
record CheckRotation(KmsClient kms, Installed stack) {

  private static final List<String> ENCRYPTING = List.of("KeysetKey", "TableKey");
  private static final List<String> SIGNING = List.of("ReceiptKey", "LedgerKey");

  Check run() {
    var all = Stream.of(ENCRYPTING, SIGNING).flatMap(List::stream).map(stack::output).toList();
    var usable = new CheckKeys(kms, all).run();
    if (!usable.ok()) {
      return usable;
    }
    var kept =
        ENCRYPTING.stream()
            .map(stack::output)
            .filter(key -> !isRotated(key))
            .collect(Collectors.joining(", "));
    return kept.isEmpty() ? usable : Check.wrong("keys", "old", Map.of("keys", kept));
  }

  private boolean isRotated(String key) {
    return Boolean.TRUE.equals(kms.getKeyRotationStatus(it -> it.keyId(key)).keyRotationEnabled());
  }
}
