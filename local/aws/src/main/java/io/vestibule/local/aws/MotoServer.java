package io.vestibule.local.aws;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An emulator that others wrote, run as a process of its own, for what is compared with it. */
public final class MotoServer implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final URI endpoint;

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts moto_server on a port of its own choice.
   *
   * @throws IOException it is not installed, or ends before it is ready
   */
  public static MotoServer start() throws IOException {
    var process =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", "0")
            .redirectErrorStream(true)
            .start();
    var output = process.inputReader(StandardCharsets.UTF_8);
    var endpoint = awaitEndpoint(output);
    Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {}));
    return new MotoServer(process, endpoint);
  }

  public URI endpoint() {
    return endpoint;
  }

  private static URI awaitEndpoint(BufferedReader output) throws IOException {
    var said = new StringBuilder();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      var ready = READY.matcher(line);
      if (ready.find()) {
        return URI.create(ready.group(1));
      }
    }
    throw new IOException("moto_server ended before it was ready: " + said);
  }

  /** Whether there is one on the PATH. */
  public static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "moto_server")));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
