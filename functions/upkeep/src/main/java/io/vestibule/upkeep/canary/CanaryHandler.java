package io.vestibule.upkeep.canary;

import static io.vestibule.store.Table.SUBMISSIONS;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.core.Counter;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.core.Service;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Tables;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Driven by a schedule: has the canary fly, and tells what it did not find as it should be. */
public final class CanaryHandler
    implements RequestHandler<Map<String, String>, Map<String, List<String>>> {

  private static final Logger LOG = LoggerFactory.getLogger(CanaryHandler.class);

  private final Service service;
  private final Canary canary;

  public CanaryHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public CanaryHandler(Env env, Clock clock) {
    record Config(Service service, Tables tables, URI publicUrl, String form, String seed) {}
    var config =
        env.read(
            from ->
                new Config(
                    Service.read(from),
                    Tables.read(from, SUBMISSIONS),
                    URI.create(from.text("PUBLIC_URL")),
                    from.text("CANARY_FORM"),
                    from.text("CANARY_SEED")));
    var door = new Door(config.publicUrl(), config.form());
    var mails =
        new AwaitMail(AwsClients.dynamoDb(env), config.tables().name(SUBMISSIONS), Pause.REAL);
    this.service = config.service();
    this.canary = new Canary(door, new HourlyPost(door, config.seed()), mails, clock);
  }

  /** Flies once. The answer has the codes of what was wrong under {@code failed}. */
  @Override
  public Map<String, List<String>> handleRequest(Map<String, String> event, Context context) {
    return service.run(context, this::fly);
  }

  private Map<String, List<String>> fly() {
    var troubles = canary.fly();
    for (var trouble : troubles) {
      LOG.error("The canary: {}", trouble.what(), trouble.code().entry());
    }
    Counter.CANARY_FAILED.add(troubles.size());
    Counter.CANARY_FLOWN.increment();
    return Map.of("failed", troubles.stream().map(it -> it.code().code()).toList());
  }
}
