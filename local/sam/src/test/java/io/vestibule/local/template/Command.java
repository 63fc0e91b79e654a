package io.vestibule.local.template;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a tool outside of the build said. */
record Command(int exitCode, String output, String errors) {

  private static final int NO_SUCH_COMMAND = 127;

  /** Runs a command to its end; one that is not installed has the exit code of a shell. */
  static Command run(List<String> command, String input) throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", ".txt");
    Path err = Files.createTempFile("err", ".txt");
    try {
      var process = start(command, out, err);
      if (process.isEmpty()) {
        return new Command(NO_SUCH_COMMAND, "", command.getFirst() + " is not on the PATH");
      }
      try (var stdin = process.get().getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return new Command(process.get().waitFor(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static Optional<Process> start(List<String> command, Path out, Path err) {
    try {
      return Optional.of(
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean succeeded() {
    return exitCode == 0;
  }
}
