package io.vestibule.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.account.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with the variables and the role that a function has. */
public record FunctionProcess(Account account, String logicalId) {

  private static final Duration LONGEST = Duration.ofHours(4);

  /** Runs a class to its end, which must be a good one; what it prints goes to a file. */
  public void run(Class<?> main, List<String> options, List<String> arguments, Path log)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    var process = new ProcessBuilder(command).redirectErrorStream(true);
    process.redirectOutput(log.toFile());
    process.environment().putAll(account.variables(logicalId));
    var running = process.start();
    if (!running.waitFor(LONGEST)) {
      running.destroyForcibly();
    }
    assertThat(running.waitFor()).as(() -> read(log)).isZero();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
