package io.vestibule.delivery.kind;

import io.vestibule.core.targets.Target;
import java.time.Instant;

/**
 * One attempt to tell a target.
 *
 * @param at when it is made
 * @param messageId the same in every attempt to tell the same, so that the receiver knows it again;
 *     without dots
 */
public record Order(Target target, Secret secret, Instant at, String messageId) {

  public Order {
    if (!messageId.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new IllegalArgumentException("An id of a message is of letters, digits, - and _");
    }
  }
}
