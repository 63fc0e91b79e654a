package io.vestibule.local.packaged;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipInputStream;

/**
 * A function in a process of its own: its artifact, unpacked, under Lambda's runtime interface
 * client, which sees nothing else of ours.
 */
public final class PackagedFunction implements AutoCloseable {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

  private static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";

  /** What no snapshot has: the code asks for them when it needs them. */
  private static final Set<String> CREDENTIALS =
      Set.of(ACCESS_KEY_ID, "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");

  /** Where code that has hooks around a snapshot finds who calls them; the runtime says so. */
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  /**
   * Where the client's native part is; the runtime says so. By itself the client unpacks one to a
   * name that it shares with all other processes, and two that start at once break each other.
   */
  private static final String NATIVE_PART =
      "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  private PackagedFunction(RuntimeApi api, Process process, Path log) {
    this.api = api;
    this.process = process;
    this.log = log;
  }

  /** When a function starts. */
  public enum Initialization {
    /** An event is there, and nobody else to take it. */
    ON_DEMAND("on-demand"),
    /** A version is published: what has started then is kept, and goes on with each event. */
    SNAP_START("snap-start");

    private final String name;

    Initialization(String name) {
      this.name = name;
    }
  }

  /**
   * A function as it lies unpacked.
   *
   * @param folder that it runs in; Lambda's client finds the code there, unless it is on Java's own
   *     class path
   * @param handler the name of the class
   * @param variables of its environment, as Lambda gives them
   * @param options of Java, its class path among them
   */
  public record Code(
      Path folder, String handler, Map<String, String> variables, List<String> options) {

    /** As an artifact unpacks: only the client is on Java's own class path. */
    public static Code unpacked(Path folder, String handler, Map<String, String> variables)
        throws IOException {
      return new Code(
          folder,
          handler,
          variables,
          List.of("--class-path", String.join(File.pathSeparator, client())));
    }

    private static List<String> client() throws IOException {
      return clientAndWhatItNeeds().orElseThrow().stream().map(Path::toString).toList();
    }
  }

  /**
   * Starts it.
   *
   * @param log the file that all goes to that it writes
   */
  public static PackagedFunction start(Code function, Initialization initialization, Path log)
      throws IOException {
    var api = new RuntimeApi(function.variables().getOrDefault(ACCESS_KEY_ID, ""));
    var client = clientAndWhatItNeeds().orElseThrow().getFirst();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED", // Of the client itself.
            HOOKS,
            NATIVE_PART + "=" + nativePart(client, log.resolveSibling("client.so"))));
    command.addAll(function.options());
    command.addAll(List.of(CLIENT, function.handler()));
    var builder =
        new ProcessBuilder(command)
            .directory(function.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    var environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    environment.putAll(function.variables());
    if (initialization == Initialization.SNAP_START) {
      environment.keySet().removeAll(CREDENTIALS);
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentials());
    }
    environment.put("_HANDLER", function.handler());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization.name);
    environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
    environment.put("LAMBDA_TASK_ROOT", function.folder().toString());
    var process = builder.start();
    Thread.ofVirtual().start(() -> api.ended(process.onExit().join().exitValue()));
    return new PackagedFunction(api, process, log);
  }

  /** Hands an event to it, and waits for what comes of it; also for the end of the start. */
  public RuntimeApi.Answer invoke(String event) throws InterruptedException {
    return api.invoke(event);
  }

  /**
   * Waits until it is as its snapshot has it.
   *
   * @throws IllegalStateException it has not come so far
   */
  public void awaitSnapshot() throws InterruptedException {
    api.awaitSnapshot();
  }

  /** Lets it go on from its snapshot. */
  public void restore() {
    api.restore();
  }

  /** The id of its process. */
  public long pid() {
    return process.pid();
  }

  /** Has it end as Lambda does, and waits until it has. */
  public void end() {
    process.destroy();
    process.onExit().join();
  }

  /** All that it has written so far, to either of its outputs. */
  public List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }

  private static Path nativePart(Path client, Path file) throws IOException {
    if (!Files.exists(file)) {
      var machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
      try (var unpacked = FileSystems.newFileSystem(client)) {
        Files.copy(unpacked.getPath("jni/libaws-lambda-jni.linux-" + machine + ".so"), file);
      }
    }
    return file;
  }

  /** Unpacks an artifact into an empty folder. */
  public static void unpack(Path artifact, Path folder) throws IOException {
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

  /** The client first; empty if it is not among what Maven has fetched so far. */
  public static Optional<List<Path>> clientAndWhatItNeeds() throws IOException {
    var core = jarOf(Context.class);
    var amazon = core.resolve("../../..").normalize();
    var client = newest(amazon.resolve("aws-lambda-java-runtime-interface-client"));
    var utils = newest(amazon.resolve("../../software/amazon/awssdk/utils-lite").normalize());
    if (client.isEmpty() || utils.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(List.of(client.get(), utils.get(), core, jarOf(PojoSerializer.class)));
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

  /** The jar that a class was loaded from. */
  public static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
