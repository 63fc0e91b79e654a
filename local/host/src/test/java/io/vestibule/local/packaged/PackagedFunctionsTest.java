package io.vestibule.local.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.account.LambdaVariables;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function as it is deployed, with its role: it starts, handles its events, and logs nothing
 * but JSON. What the runtime is at AWS besides this client is not shown.
 */
@EnabledIf(value = "clientIsThere", disabledReason = "Not run: `make runtime` fetches the client")
@EnabledOnOs(value = OS.LINUX, disabledReason = "Not run: the client has a part for Linux only")
class PackagedFunctionsTest extends Journey {

  private static final Path TOP = Path.of("..", "..");

  /** What the virtual machine itself says, before any code runs. */
  private static final String OF_JAVA = "Picked up JAVA_TOOL_OPTIONS: ";

  /** Several functions have one artifact, which is unpacked once. */
  @TempDir private static Path artifacts;

  @TempDir private Path folder;

  static boolean clientIsThere() throws IOException {
    return PackagedFunction.clientAndWhatItNeeds().isPresent();
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "StaffSignIn", "oidc", "CanaryForm", "contact", "CanaryMailbox", "canary@in.example.com");
  }

  static Stream<String> functions() throws IOException {
    return Template.read(TEMPLATE).resources().values().stream()
        .filter(resource -> resource.type().equals("AWS::Serverless::Function"))
        .map(Template.Resource::logicalId);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aFunctionHandlesItsEventsAsLambdaRunsIt(String name) throws Exception {
    var code = requireNonNull(Template.read(TEMPLATE).resources().get(name)).properties();
    var lambda = host.stack().function(name).orElseThrow();
    try (var function =
        PackagedFunction.start(
            PackagedFunction.Code.unpacked(
                unpacked(code.path("CodeUri").asText()),
                code.path("Handler").asText(),
                LambdaVariables.of(host.stack(), lambda, host.aws())),
            PackagedFunction.Initialization.ON_DEMAND,
            folder.resolve("log"))) {
      for (var event : events(name)) {
        var answer = function.invoke(event);

        assertThat(answer.how()).as(event + "\n" + function.log()).isEqualTo("response");
        assertThat(answer.body())
            .doesNotContain("itemIdentifier")
            .doesNotContain("\"statusCode\":5");
      }
      assertThat(function.log()).allMatch(PackagedFunctionsTest::isJson);
    }
  }

  private static Path unpacked(String artifact) throws IOException {
    var unpacked = artifacts.resolve(artifact);
    if (!Files.exists(unpacked)) {
      PackagedFunction.unpack(TOP.resolve(artifact), Files.createDirectories(unpacked));
    }
    return unpacked;
  }

  /** Its events in the folder of that name; of one by CloudFormation, all of its kinds. */
  private List<String> events(String function) throws IOException {
    try (var files = Files.list(TOP.resolve("events"))) {
      var events =
          files
              .filter(file -> file.getFileName().toString().startsWith(function + "."))
              .sorted()
              .flatMap(this::requests)
              .toList();
      assertThat(events).isNotEmpty();
      return events;
    }
  }

  private Stream<String> requests(Path file) {
    try {
      var event = Json.MAPPER.readTree(Files.readString(file));
      if (event instanceof ObjectNode request && request.has("ResponseURL")) {
        request.put("ResponseURL", host.uri().resolve("/_local/").toString());
        return Stream.of("Create", "Update", "Delete")
            .map(kind -> request.put("RequestType", kind).toString());
      }
      return Stream.of(event.toString());
    } catch (IOException e) {
      throw new AssertionError(file + " is no event", e);
    }
  }

  private static boolean isJson(String line) {
    try {
      return line.isBlank() || line.startsWith(OF_JAVA) || Json.MAPPER.readTree(line).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
