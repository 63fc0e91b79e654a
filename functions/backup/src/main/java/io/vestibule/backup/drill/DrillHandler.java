package io.vestibule.backup.drill;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.Event;
import io.vestibule.core.Env;
import io.vestibule.core.Pause;
import io.vestibule.core.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drills the newest backup: monthly, and by hand, with <code>{}</code>; daily, with <code>
 * {"continue": true}</code>, only if the last run died or failed, and else sees that no table of a
 * drill was left. One run at a time: others answer <code>{"finished": false, "busy": true}</code>.
 */
public final class DrillHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(DrillHandler.class);

  private final Service service;
  private final RunDrill runDrill;

  public DrillHandler() {
    this(Env.ofProcess(), Clock.systemUTC(), Pause.REAL);
  }

  /**
   * Wires the function from its environment.
   *
   * @param pause how it waits for what is being stored or erased while it compares
   */
  public DrillHandler(Env env, Clock clock, Pause pause) {
    var wiring = new DrillWiring(env, clock, pause);
    this.service = wiring.service;
    this.runDrill = wiring.runDrill;
  }

  /**
   * Does what the event says.
   *
   * @throws IllegalArgumentException if it says anything else
   */
  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    return service.run(
        context,
        () -> {
          boolean onlyWhatIsOwed = new Event(event, "continue").flag("continue");
          var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
          return answer(runDrill.run(onlyWhatIsOwed, remaining));
        });
  }

  private static Map<String, Object> answer(DrillRun run) {
    return switch (run) {
      case DrillRun.Drilled(var report) -> drilled(report);
      case DrillRun.NoBackupYet() -> {
        LOG.info(
            "There is no backup yet: the first drill follows within a day of the first backup");
        yield Map.of("finished", false, "backup", "");
      }
      case DrillRun.NothingLeft() -> Map.of("finished", true);
      case DrillRun.Busy() -> {
        LOG.info("Another run is at it");
        yield Map.of("finished", false, "busy", true);
      }
    };
  }

  private static Map<String, Object> drilled(DrillReport report) {
    LOG.info("Drill of backup {}, passed: {}", report.backup(), report.passed());
    return Map.of(
        "passed", report.passed(),
        "backup", report.backup(),
        "items", report.items(),
        "opened", report.opened(),
        "entries", report.entries() == null ? 0 : report.entries().restored(),
        "resurrected", report.resurrected(),
        "erasedAgain", report.erasedAgain(),
        "orphans", report.orphans().count(),
        "seconds", report.seconds(),
        "report", report.key() + ".json");
  }
}
