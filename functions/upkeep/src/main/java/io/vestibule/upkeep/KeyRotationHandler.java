package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates the sealing key: daily, by a schedule; and once while the stack is made or changed, as a
 * custom resource, because without a key nothing can be taken in.
 */
public final class KeyRotationHandler
    implements RequestHandler<CloudFormationCustomResourceEvent, @Nullable Void> {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotationHandler.class);

  private final Service service;
  private final RotateKeys rotateKeys;

  public KeyRotationHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public KeyRotationHandler(Env env, Clock clock) {
    var wiring = KeyRotationWiring.of(env, clock);
    this.service = wiring.service();
    this.rotateKeys = wiring.rotateKeys();
  }

  /** A schedule's event names no request: only CloudFormation's do, and want an answer. */
  @Override
  public @Nullable Void handleRequest(CloudFormationCustomResourceEvent event, Context context) {
    return service.run(
        context,
        () -> {
          if (event.getRequestType() == null) {
            rotate();
          } else {
            new CustomResource(this::rotate).handleRequest(event, context);
          }
          return null;
        });
  }

  /** Counts the new key before it looks for old ones: a late key is an alarm, an old one is not. */
  private void rotate() {
    LOG.info("Sealing key {} is current", rotateKeys.rotate());
    Counter.SEALING_KEY_ROTATED.increment();
    for (String id : rotateKeys.destroyEnded()) {
      LOG.info("Sealing key {} is destroyed", id);
      Counter.SEALING_KEY_DESTROYED.increment();
    }
  }
}
