package io.vestibule.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vestibule.core.Json;
import io.vestibule.local.packaged.PackagedFunction;
import io.vestibule.local.packaged.PackagedFunction.Initialization;
import io.vestibule.local.packaged.RuntimeApi.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A function's process whose answers all have to be good: a refusal would be cheap. */
record Running(Subject subject, PackagedFunction process) implements AutoCloseable {

  /** Half a minute: on a busy machine the compiler takes some seconds to its end. */
  private static final int LOOKS = 300;

  /**
   * Starts it.
   *
   * @param log the file that it writes to
   */
  static Running start(Subject subject, Initialization initialization, Path log)
      throws IOException {
    return new Running(subject, PackagedFunction.start(subject.code(), initialization, log));
  }

  void answer(String event) throws IOException, InterruptedException {
    var answer = process.invoke(event);
    if (!isGood(answer)) {
      throw failure(answer.toString());
    }
  }

  /** What these events take of the processors. */
  Duration cpuOf(List<String> events) throws IOException, InterruptedException {
    var before = cpu();
    for (var event : events) {
      answer(event);
    }
    return cpu().minus(before);
  }

  private static boolean isGood(Answer answer) throws JsonProcessingException {
    if (!answer.how().equals("response")) {
      return false;
    }
    var body = Json.MAPPER.readTree(answer.body());
    return body.path("statusCode").asInt(200) < 400 && body.path("batchItemFailures").isEmpty();
  }

  /** The processors' time that it has had so far. */
  Duration cpu() {
    return CpuClock.of(process.pid());
  }

  /**
   * The same, once the compiler has worked off what it was given.
   *
   * @throws IllegalStateException it finds no end
   */
  Duration cpuAtRest() throws IOException, InterruptedException {
    var atRest = Rest.await(this::cpu, LOOKS);
    if (atRest.isEmpty()) {
      throw failure("does not come to rest");
    }
    return atRest.get();
  }

  private IllegalStateException failure(String what) throws IOException {
    return new IllegalStateException(
        subject.name() + ": " + what + "\n" + String.join("\n", process.log()));
  }

  @Override
  public void close() {
    process.close();
  }
}
