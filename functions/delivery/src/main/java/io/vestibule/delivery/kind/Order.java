package io.vestibule.delivery.kind;

import io.vestibule.core.targets.Target;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt to tell a target.
 *
 * @param at when it is made
 * @param messageId the same in every attempt to tell the same, so that the receiver knows it again;
 *     without dots
 * @param until a kind that calls more than once begins no call after it
 * @param handles of the person whom it is about
 */
public record Order(
    Target target, Secret secret, Instant at, String messageId, Instant until, Handles handles) {

  /** The last call may take its time, too, and nobody else may begin meanwhile. */
  private static final Duration USUAL = Duration.ofSeconds(30);

  public Order {
    if (!messageId.matches("[A-Za-z0-9_-]{1,100}")) {
      throw new IllegalArgumentException("An id of a message is of letters, digits, - and _");
    }
  }

  /** An order that is about no one person. */
  public Order(Target target, Secret secret, Instant at, String messageId) {
    this(target, secret, at, messageId, at.plus(USUAL), Handles.NONE);
  }

  /** Whether what was read of the person must not be told any more, or the time is over. */
  public boolean isLate(Instant now) {
    return now.isAfter(until);
  }

  /** The same, about a person. */
  public Order about(Handles person) {
    return new Order(target, secret, at, messageId, until, person);
  }

  /** The same, with another end. */
  public Order until(Instant end) {
    return new Order(target, secret, at, messageId, end, handles);
  }
}
