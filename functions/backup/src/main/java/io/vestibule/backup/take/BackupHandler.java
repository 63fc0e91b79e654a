package io.vestibule.backup.take;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.Backup;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a backup: daily, and by hand, with <code>{}</code>; <code>{"continue": true}</code> only
 * continues one that is not finished, or makes up for a run that died or failed. <code>
 * {"forSeconds": n}</code> ends reading after that time; <code>{"engine": "export"}</code>, or
 * {@code "scan"}, says how a backup that begins with this run copies customers. One run at a time:
 * others answer <code>{"finished": false, "busy": true}</code>.
 */
public final class BackupHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  private static final Logger LOG = LoggerFactory.getLogger(BackupHandler.class);

  private final Service service;
  private final RunBackup runBackup;
  private final Clock clock;

  public BackupHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public BackupHandler(Env env, Clock clock) {
    var wiring = new BackupWiring(env, clock);
    this.service = wiring.service;
    this.runBackup = wiring.runBackup;
    this.clock = clock;
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
          var start = clock.instant();
          var remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
          return answer(runBackup.run(BackupOrder.read(event), remaining), start);
        });
  }

  private Map<String, Object> answer(BackupRun run, Instant start) {
    return switch (run) {
      case BackupRun.Taken(var backup) -> taken(backup, start);
      case BackupRun.Waiting(var progress) -> waiting(progress);
      case BackupRun.NothingWaits() -> Map.of("finished", true);
      case BackupRun.Busy() -> {
        LOG.info("Another run is at it");
        yield Map.of("finished", false, "busy", true);
      }
    };
  }

  private Map<String, Object> taken(Backup backup, Instant start) {
    LOG.info(
        "Backup {} holds {} customers and {} entries",
        backup.backup(),
        backup.items(),
        backup.entries());
    return Map.of(
        "backup", backup.backup(),
        "items", backup.items(),
        "entries", backup.entries(),
        "bytes", backup.bytes(),
        "parts", backup.parts(),
        "manifest", Backup.document(backup.backup()),
        "seconds", Duration.between(start, clock.instant()).toMillis() / 1000.0,
        "engine", backup.engine());
  }

  private static Map<String, Object> waiting(Progress progress) {
    LOG.info("Backup {} waits to be gone on with", progress.backup());
    return Map.of(
        "backup", progress.backup(), "finished", false, "engine", progress.engine().text());
  }
}
