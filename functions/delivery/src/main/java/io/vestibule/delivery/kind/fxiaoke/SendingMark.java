package io.vestibule.delivery.kind.fxiaoke;

import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.Found;
import java.time.Instant;
import java.util.Optional;

/**
 * Stands where a record's handle will stand, from before the record is made. To make one is not
 * repeatable: whoever finds the mark does not know whether there is one, and asks first.
 */
final class SendingMark {

  private static final String PREFIX = "sending:";

  private SendingMark() {}

  /** A record is about to be made. */
  static void keep(Order order) {
    order.handles().keep(PREFIX + order.at().getEpochSecond());
  }

  /** Whether a record that no query finds may be there all the same. */
  static boolean isInDoubt(Order order) {
    return order
        .handles()
        .find()
        .flatMap(SendingMark::at)
        .filter(it -> isYoung(it, order))
        .isPresent();
  }

  private static boolean isYoung(Instant at, Order order) {
    return order.at().isBefore(at.plus(Found.LATE));
  }

  private static Optional<Instant> at(String handle) {
    return handle.matches(PREFIX + "[0-9]{1,12}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(handle.substring(PREFIX.length()))))
        : Optional.empty();
  }
}
