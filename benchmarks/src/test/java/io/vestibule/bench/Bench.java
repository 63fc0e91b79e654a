package io.vestibule.bench;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.vestibule.bench.handlers.EmptyHandler;
import io.vestibule.bench.handlers.LeastHandler;
import io.vestibule.bench.handlers.PlainHandler;
import io.vestibule.local.account.LambdaVariables;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Options;
import io.vestibule.local.packaged.PackagedFunction;
import io.vestibule.local.packaged.PackagedFunction.Code;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Template;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.joda.time.DateTime;

/** The system on this machine, and its functions as they are packaged, to be measured on it. */
final class Bench implements Closeable {

  static final Path TOP = Path.of("..");
  private static final Path TEMPLATE = TOP.resolve("template.yaml");

  private final LocalHost host;
  private final Path folder;
  private final Requests requests = new Requests(TOP.resolve("events"));

  /**
   * Starts the system.
   *
   * @param folder empty, for what is unpacked and logged
   */
  Bench(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.host = system();
  }

  /** The whole system in this process. Nobody is kept from mails by how many there are. */
  static LocalHost system() throws IOException {
    var quiet = Options.quiet(TEMPLATE);
    return LocalHost.start(
        new Options(
            TEMPLATE,
            0,
            quiet.clock(),
            quiet.pause(),
            quiet.aws(),
            Map.of("MailsPerFormAndHour", "1000000"),
            quiet.variables(),
            quiet.targets(),
            quiet.schedules(),
            quiet.progress()));
  }

  LocalHost host() {
    return host;
  }

  Requests requests() {
    return requests;
  }

  /** The file that measured processes write to, one after the other. */
  Path log() {
    return folder.resolve("log");
  }

  /** What all others are compared with. */
  Subject least() throws IOException {
    return idle("the least", LeastHandler.class, List.of());
  }

  /** With the libraries that Lambda's own events need. */
  Subject empty() throws IOException {
    return idle(
        "empty, with Lambda's event objects",
        EmptyHandler.class,
        List.of(APIGatewayV2HTTPEvent.class, DateTime.class));
  }

  /** A handler that is one class; it has the intake's variables. */
  private Subject idle(String name, Class<?> handler, List<Class<?>> libraries) throws IOException {
    var code = folder.resolve(handler.getSimpleName());
    if (!Files.exists(code)) {
      var file = handler.getName().replace('.', '/') + ".class";
      Files.createDirectories(code.resolve(file).getParent());
      try (var compiled = requireNonNull(handler.getResourceAsStream("/" + file))) {
        Files.copy(compiled, code.resolve(file));
      }
      var lib = Files.createDirectory(code.resolve("lib"));
      for (var library : libraries) {
        var jar = PackagedFunction.jarOf(library);
        Files.copy(jar, lib.resolve(jar.getFileName()));
      }
    }
    return new Subject(
        name, Code.unpacked(code, handler.getName(), variables("IntakeFunction")), requests::post);
  }

  /** The same work as one would write it in an afternoon, with a table and a key of its own. */
  Subject plain() throws IOException {
    var code = Path.of("target", "plain").toAbsolutePath();
    OwnTable.create(host.operator().dynamoDb());
    var key = host.operator().kms().createKey().keyMetadata().keyId();
    var variables = new HashMap<>(variables("IntakeFunction"));
    variables.putAll(
        Map.of(
            "TABLE",
            OwnTable.NAME,
            "KEY",
            key,
            "AWS_ACCESS_KEY_ID",
            Operator.ACCESS_KEY_ID,
            "LOG4J_CONFIGURATION_FILE",
            "plain.log4j2.xml"));
    return new Subject(
        "plain, a post",
        Code.unpacked(code, PlainHandler.class.getName(), variables),
        requests::post);
  }

  Subject intake() throws IOException {
    return function("intake, a post", "IntakeFunction", requests::post);
  }

  /** A function of the template. */
  Subject function(String name, String logicalId, Supplier<String> events) throws IOException {
    var properties =
        requireNonNull(Template.read(TEMPLATE).resources().get(logicalId)).properties();
    var code = unpacked(logicalId, TOP.resolve(properties.path("CodeUri").asText()));
    return new Subject(
        name,
        Code.unpacked(code, properties.path("Handler").asText(), variables(logicalId)),
        events);
  }

  private Path unpacked(String name, Path artifact) throws IOException {
    var code = folder.resolve(name);
    if (!Files.exists(code)) {
      PackagedFunction.unpack(artifact, Files.createDirectory(code));
    }
    return code;
  }

  private Map<String, String> variables(String function) {
    var lambda = host.stack().function(function).orElseThrow();
    return LambdaVariables.of(host.stack(), lambda, host.aws());
  }

  @Override
  public void close() throws IOException {
    host.close();
  }
}
