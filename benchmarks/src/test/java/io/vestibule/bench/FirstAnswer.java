package io.vestibule.bench;

import io.vestibule.core.Json;
import io.vestibule.local.packaged.PackagedFunction;
import io.vestibule.local.packaged.PackagedFunction.Initialization;
import io.vestibule.local.packaged.RuntimeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process takes of the processors until it has answered for the first time.
 *
 * @param log the file that processes write to
 */
record FirstAnswer(Path log) {

  private static final Duration REST = Duration.ofMillis(100);

  /** So little in that time is Java's own looking around. */
  private static final Duration AT_REST = Duration.ofMillis(1);

  /** From the start of the process. */
  Duration cold(Subject subject) throws IOException, InterruptedException {
    try (var function = PackagedFunction.start(subject.code(), Initialization.ON_DEMAND, log)) {
      answer(function, subject);
      return CpuClock.of(function.pid());
    }
  }

  /**
   * From the answer to {@code restore/next}. Here no memory is read back from a snapshot, as it is
   * at AWS: what the function itself does is counted.
   */
  Duration restored(Subject subject) throws IOException, InterruptedException {
    try (var function = PackagedFunction.start(subject.code(), Initialization.SNAP_START, log)) {
      function.awaitSnapshot();
      var before = atRest(function);
      function.restore();
      answer(function, subject);
      return CpuClock.of(function.pid()).minus(before);
    }
  }

  private static void answer(PackagedFunction function, Subject subject)
      throws IOException, InterruptedException {
    var answer = function.invoke(subject.events().get());
    if (!isGood(answer)) {
      throw new IllegalStateException(
          subject.name() + ": " + answer + "\n" + String.join("\n", function.log()));
    }
  }

  private static boolean isGood(RuntimeApi.Answer answer) throws IOException {
    int status = Json.MAPPER.readTree(answer.body()).path("statusCode").asInt();
    return answer.how().equals("response") && status >= 200 && status < 400;
  }

  /** Waits until the compiler has worked off what it was given, as it will have in a snapshot. */
  private static Duration atRest(PackagedFunction function) throws InterruptedException {
    var before = CpuClock.of(function.pid());
    while (true) {
      Thread.sleep(REST);
      var now = CpuClock.of(function.pid());
      if (now.minus(before).compareTo(AT_REST) < 0) {
        return now;
      }
      before = now;
    }
  }
}
