package io.vestibule.local.packaged;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/**
 * A function in a process of its own: its artifact, unpacked, under Lambda's runtime interface
 * client, which sees nothing else of ours.
 */
final class PackagedFunction implements AutoCloseable {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private PackagedFunction(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param folder empty, for what is unpacked and logged
   * @param variables of its environment, as Lambda gives them
   */
  static PackagedFunction start(
      Path artifact, String handler, Map<String, String> variables, Path folder)
      throws IOException {
    var code = Files.createDirectory(folder.resolve("task"));
    unpack(artifact, code);
    var api = new RuntimeApi();
    var log = folder.resolve("log");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", // Of the client itself.
                "--class-path",
                clientAndWhatItNeeds().orElseThrow(),
                CLIENT,
                handler)
            .directory(code.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    var environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    environment.putAll(variables);
    environment.put("_HANDLER", handler);
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("LAMBDA_TASK_ROOT", code.toString());
    var process = builder.start();
    Thread.ofVirtual().start(() -> api.ended(process.onExit().join().exitValue()));
    return new PackagedFunction(api, process, log);
  }

  RuntimeApi.Answer invoke(String event) throws InterruptedException {
    return api.invoke(event);
  }

  /** All that it has written so far, to either of its outputs. */
  List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }

  private static void unpack(Path artifact, Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(artifact);
        var zip = new ZipInputStream(file)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        var path = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
        }
      }
    }
  }

  /** Empty if the client is not among what Maven has fetched so far. */
  static Optional<String> clientAndWhatItNeeds() throws IOException {
    var core = jarOf(Context.class);
    var amazon = core.resolve("../../..").normalize();
    var client = newest(amazon.resolve("aws-lambda-java-runtime-interface-client"));
    var utils = newest(amazon.resolve("../../software/amazon/awssdk/utils-lite").normalize());
    if (client.isEmpty() || utils.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.of(client.get(), utils.get(), core, jarOf(PojoSerializer.class))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
  }

  private static Optional<Path> newest(Path versions) throws IOException {
    if (!Files.isDirectory(versions)) {
      return Optional.empty();
    }
    try (var files = Files.walk(versions, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .toList()
          .reversed()
          .stream()
          .findFirst();
    }
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
