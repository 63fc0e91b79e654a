package io.vestibule.bench;

import io.vestibule.local.packaged.PackagedFunction.Initialization;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process takes of the processors until it has answered for the first time.
 *
 * @param log the file that processes write to
 */
record FirstAnswer(Path log) {

  /** From the start of the process. */
  Duration cold(Subject subject) throws IOException, InterruptedException {
    try (var function = Running.start(subject, Initialization.ON_DEMAND, log)) {
      function.answer(subject.events().get());
      return function.cpu();
    }
  }

  /**
   * From the answer to {@code restore/next}. Here no memory is read back from a snapshot, as it is
   * at AWS: what the function itself does is counted.
   */
  Duration restored(Subject subject) throws IOException, InterruptedException {
    try (var function = Running.start(subject, Initialization.SNAP_START, log)) {
      function.process().awaitSnapshot();
      var before = function.cpuAtRest();
      function.process().restore();
      function.answer(subject.events().get());
      return function.cpu().minus(before);
    }
  }
}
