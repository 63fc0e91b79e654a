package io.vestibule.bench;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.vestibule.bench.handlers.EmptyHandler;
import io.vestibule.local.account.LambdaVariables;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Options;
import io.vestibule.local.journey.Person;
import io.vestibule.local.packaged.PackagedFunction;
import io.vestibule.local.template.Template;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.joda.time.DateTime;

/** The system on this machine, and its functions as they are packaged, to be measured on it. */
final class Bench implements Closeable {

  private static final Path TOP = Path.of("..");
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
    this.folder = folder;
    this.host = LocalHost.start(Options.quiet(TEMPLATE));
  }

  /** What people wait for at the door; nothing else of the system runs from then on. */
  ColdStarts coldStarts() throws Exception {
    var link = linkOfSomebody();
    host.stopEvents();
    return new ColdStarts(
        new FirstAnswer(folder.resolve("log")),
        empty(),
        List.of(
            subject("intake, a post", "IntakeFunction", requests::post),
            subject("verify, a link's page", "VerifyFunction", () -> requests.look(link))));
  }

  private URI linkOfSomebody() throws Exception {
    var person = new Person(host, "somebody@example.net");
    person.submits(Map.of());
    return person.link();
  }

  /** Has the intake's variables, and of its libraries those that Lambda's own events need. */
  private Subject empty() throws IOException {
    var type = EmptyHandler.class.getName();
    var file = type.replace('.', '/') + ".class";
    var code = folder.resolve("empty");
    Files.createDirectories(code.resolve(file).getParent());
    try (var compiled = requireNonNull(EmptyHandler.class.getResourceAsStream("/" + file))) {
      Files.copy(compiled, code.resolve(file));
    }
    var libraries = Files.createDirectory(code.resolve("lib"));
    for (var library : List.of(APIGatewayV2HTTPEvent.class, DateTime.class)) {
      var jar = PackagedFunction.jarOf(library);
      Files.copy(jar, libraries.resolve(jar.getFileName()));
    }
    return new Subject(
        "empty",
        new PackagedFunction.Code(code, type, variables("IntakeFunction")),
        requests::post);
  }

  private Subject subject(String name, String function, Supplier<String> events)
      throws IOException {
    var properties = requireNonNull(Template.read(TEMPLATE).resources().get(function)).properties();
    var code = Files.createDirectory(folder.resolve(function));
    PackagedFunction.unpack(TOP.resolve(properties.path("CodeUri").asText()), code);
    return new Subject(
        name,
        new PackagedFunction.Code(code, properties.path("Handler").asText(), variables(function)),
        events);
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
