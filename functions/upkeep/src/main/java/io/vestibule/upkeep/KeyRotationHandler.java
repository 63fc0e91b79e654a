package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Pause;
import io.vestibule.core.Service;
import io.vestibule.store.Redacted;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Rotates the sealing key: daily, by a schedule; and once while the stack is made or changed, as a
 * custom resource, because without a key nothing can be taken in.
 */
public final class KeyRotationHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(KeyRotationHandler.class);

  private final Service service;
  private final RotateKeys rotateKeys;
  private final WatchKeys watchKeys;

  public KeyRotationHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public KeyRotationHandler(Env env, Clock clock) {
    var wiring = KeyRotationWiring.of(env, clock);
    this.service = wiring.service();
    this.rotateKeys = wiring.rotateKeys();
    this.watchKeys = wiring.watchKeys();
  }

  /**
   * Does what the event says, and tells the id of the sealing key that was made: of links of a
   * later key it ends in {@code -<version>}.
   *
   * @throws IllegalArgumentException if it says nothing that there is
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return service.run(
        context,
        () ->
            switch (KeyOrder.parse(event)) {
              case KeyOrder.Daily() -> run(rotateKeys::rotate);
              case KeyOrder.Links() -> run(rotateKeys::rotateLinks);
              case KeyOrder.Resource(var asked) -> answer(asked, context);
            });
  }

  private Map<String, Object> answer(Map<String, Object> asked, Context context) {
    new CustomResource(() -> made(rotateKeys.rotate()), Pause.REAL)
        .handleRequest(CustomResource.event(asked), context);
    return Map.of();
  }

  private Map<String, Object> run(Supplier<String> rotation) {
    // First: without one of them no new key can be made, and nobody would hear why.
    watchKeys.unusable().forEach(_ -> Counter.KEY_UNUSABLE.increment());
    var key = rotation.get();
    made(key);
    destroyEnded();
    return Map.of("sealingKey", key);
  }

  private static void made(String key) {
    LOG.info("Sealing key {} is current", key);
    Counter.SEALING_KEY_ROTATED.increment();
  }

  /**
   * A run that failed here would be repeated by Lambda, and each repetition would make one more
   * key. What stays is destroyed by the run of the next day.
   */
  private void destroyEnded() {
    try {
      for (String id : rotateKeys.destroyEnded()) {
        LOG.info("Sealing key {} is destroyed", id);
        Counter.SEALING_KEY_DESTROYED.increment();
      }
      for (int version : rotateKeys.destroyEndedLinks()) {
        LOG.info("Version {} of the key of links is destroyed", version);
      }
    } catch (SdkException e) {
      LOG.warn(
          "Ended sealing keys stay for a day more",
          OperatorCode.SEALING_KEYS_NOT_DESTROYED.entry(),
          new Redacted(e));
    }
  }
}
