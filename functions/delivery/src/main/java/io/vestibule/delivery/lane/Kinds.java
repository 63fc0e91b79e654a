package io.vestibule.delivery.lane;

import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Kind;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.secrets.TargetSecrets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The kinds of targets that there are.
 *
 * @param all each by its name
 * @param secrets of all targets
 * @param handles of all people
 * @param clock by which attempts are made
 */
public record Kinds(
    Map<Target.Kind, Kind> all, TargetSecrets secrets, KeptHandles handles, Clock clock) {

  public Kinds {
    all = Map.copyOf(all);
  }

  Kind of(Target target) {
    return Objects.requireNonNull(all.get(target.kind()));
  }

  /**
   * An attempt that is made now.
   *
   * @param messageId the same in every attempt to tell the same
   * @throws SecretUnreadable if the secret cannot be read now
   */
  Order order(Target target, String messageId) {
    try {
      return new Order(target, secrets.of(target), clock.instant(), messageId);
    } catch (SdkException e) {
      throw new SecretUnreadable(e);
    }
  }

  /** The same, about a person. */
  Order order(Target target, String messageId, String customerId) {
    return order(target, messageId).about(handles.of(customerId, target.name()));
  }

  /** A target's secret cannot be read now. */
  static final class SecretUnreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    SecretUnreadable(SdkException cause) {
      super(cause);
    }
  }
}
