package io.vestibule.local.host;

import io.vestibule.core.Pause;
import io.vestibule.local.account.Account;
import io.vestibule.local.aws.MovableClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to run a template here.
 *
 * @param port of the HTTP API and the pages about the run; 0 for any that is free
 * @param clock that functions, schedules and emulators go by, and that the run can be asked to move
 * @param pause how functions wait
 * @param aws an emulator of all services outside of this process, instead of the embedded parts
 * @param parameters of the template; {@code PublicUrl} is set to the run's own address if it is not
 *     among them
 * @param variables of every function, beside those that the template gives it
 * @param targets the folder of targets that the run adds to every form; empty: none
 * @param schedules when functions are called by the schedules of the template
 * @param progress is told in a line each what is being done, and later of each invocation
 */
public record Options(
    Path template,
    int port,
    MovableClock clock,
    Pause pause,
    Optional<URI> aws,
    Map<String, String> parameters,
    Map<String, String> variables,
    Optional<Path> targets,
    Schedules schedules,
    Consumer<String> progress) {

  /** When functions are called by schedules. */
  public enum Schedules {

    /** Within a second of the time, as nearly as in AWS. */
    BY_THE_CLOCK,

    /** When {@link LocalHost#runDueSchedules} is called, and only then: nothing runs meanwhile. */
    WHEN_ASKED
  }

  /**
   * On any port, by the real clock, with embedded parts and {@linkplain Account#PATIENT patient}
   * functions, silent, and no schedule by itself.
   */
  public static Options quiet(Path template) {
    return new Options(
        template,
        0,
        new MovableClock(),
        Pause.REAL,
        Optional.empty(),
        Map.of(),
        Account.PATIENT,
        Optional.empty(),
        Schedules.WHEN_ASKED,
        line -> {});
  }
}
