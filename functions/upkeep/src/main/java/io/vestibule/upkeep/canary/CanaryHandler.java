package io.vestibule.upkeep.canary;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driven by schedules: has the canary fly, or take the next step of a round, and tells what it did
 * not find as it should be.
 */
public final class CanaryHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(CanaryHandler.class);

  private final Service service;
  private final Canary canary;
  private final Optional<Round> round;
  private final Clock clock;

  public CanaryHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public CanaryHandler(Env env, Clock clock) {
    var wiring = new CanaryWiring(env, clock);
    this.service = wiring.service();
    this.canary = wiring.canary();
    this.round = wiring.round();
    this.clock = clock;
  }

  /**
   * Flies once, or takes one step of the round that the event names under {@code round}.
   *
   * @return the codes of what was wrong under {@code failed}; how far the round is under {@code
   *     round}
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    return service.run(
        context,
        () ->
            Optional.ofNullable(event.get("round"))
                .map(name -> goOn(Occasion.of(name, clock.instant())))
                .orElseGet(this::fly));
  }

  private Map<String, Object> fly() {
    var failed = tell(canary.fly());
    Counter.CANARY_FLOWN.increment();
    return Map.of("failed", failed);
  }

  private Map<String, Object> goOn(Occasion occasion) {
    var outcome =
        round
            .orElseThrow(() -> new IllegalStateException("There is no CanaryMailbox"))
            .go(occasion.name());
    return switch (outcome) {
      case Round.Outcome.Done() -> answer("done", List.of());
      case Round.Outcome.Failed(var what) -> answer("failed", List.of(trouble(what)));
      case Round.Outcome.Waiting(var to) ->
          answer(
              "waits for " + to,
              clock.instant().isBefore(occasion.lateAt())
                  ? List.of()
                  : List.of(trouble("late, it waits for " + to)));
    };
  }

  private static Trouble trouble(String what) {
    return new Trouble(OperatorCode.CANARY_ROUND, "the round: " + what);
  }

  private static Map<String, Object> answer(String round, List<Trouble> troubles) {
    return Map.of("round", round, "failed", tell(troubles));
  }

  private static List<String> tell(List<Trouble> troubles) {
    for (var trouble : troubles) {
      LOG.error("The canary: {}", trouble.what(), trouble.code().entry());
    }
    Counter.CANARY_FAILED.add(troubles.size());
    return troubles.stream().map(it -> it.code().code()).toList();
  }
}
