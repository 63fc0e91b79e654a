package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.deletion.bind.RunBinding;
import io.vestibule.deletion.bind.RunBinding.Outcome;
import io.vestibule.deletion.erase.EraseCustomer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driven by a schedule, once a day: binds identities that were written without it, until none is
 * left. By hand, it begins anew.
 */
public final class BindingHandler
    implements RequestHandler<Map<String, String>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(BindingHandler.class);

  private final Service service;
  private final RunBinding runBinding;

  public BindingHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public BindingHandler(Env env, Clock clock) {
    var wiring = new BindingWiring(env, clock);
    this.service = wiring.service;
    this.runBinding = wiring.runBinding;
  }

  /**
   * Does what the event says, and tells how far it is.
   *
   * @throws IllegalArgumentException if it says nothing that there is
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
    return service.run(
        context,
        () -> {
          var order = BindingOrder.read(event);
          if (order == BindingOrder.AGAIN) {
            runBinding.again(context.getAwsRequestId());
            LOG.info("Decided by a person: identities are bound again");
          }
          int remaining = context.getRemainingTimeInMillis();
          return answer(
              runBinding.goOn(Duration.ofMillis(remaining), EraseCustomer.deadline(remaining)));
        });
  }

  private static Map<String, Object> answer(Outcome outcome) {
    LOG.info("Binding of identities: {}", outcome);
    return Map.of(
        "state", outcome.state().name().toLowerCase(Locale.ROOT),
        "bound", outcome.looked().bound(),
        "refused", outcome.looked().refused());
  }
}
