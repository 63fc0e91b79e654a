package io.vestibule.delivery.lane;

import io.vestibule.delivery.kind.Handles;
import io.vestibule.keys.LaneSeal;
import io.vestibule.store.people.Recipients;
import java.util.Optional;

/**
 * Handles, each beside what the target was told of the person, and sealed for both: nobody who may
 * write there can have one person's record taken for another's.
 */
public record KeptHandles(Recipients recipients, LaneSeal seal) {

  /** The handle of one person at one target. */
  Handles of(String customerId, String target) {
    return new Handles() {
      @Override
      public Optional<String> find() {
        return recipients
            .handle(customerId, target)
            .flatMap(it -> seal.open(target, customerId, it));
      }

      @Override
      public boolean isKept() {
        return recipients.handle(customerId, target).isPresent();
      }

      @Override
      public void keep(String handle) {
        recipients.keepHandle(customerId, target, seal.seal(target, customerId, handle));
      }
    };
  }
}
