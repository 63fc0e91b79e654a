package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The events in the folder of that name: each is one that its function handles. */
class EventsTest extends Journey {

  private static final Path EVENTS = Path.of("..", "..", "events");

  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "StaffSignIn", "oidc", "CanaryForm", "contact", "CanaryMailbox", "canary@in.example.com");
  }

  static Stream<Path> events() throws IOException {
    try (var files = Files.list(EVENTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void aFunctionHandlesItsEvents(Path event) throws Exception {
    var function = event.getFileName().toString().replaceFirst("\\..*", "");
    var body = Json.MAPPER.readTree(Files.readString(event));
    if (body instanceof ObjectNode request && request.has("ResponseURL")) {
      request.put("ResponseURL", host.uri().resolve("/_local/").toString());
    }

    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(invoke(function))
                    .POST(BodyPublishers.ofString(body.toString()))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("itemIdentifier").doesNotContain("\"statusCode\":5");
  }

  @Test
  void everyFunctionHasOne() throws IOException {
    var names = events().map(event -> event.getFileName().toString()).toList();

    assertThat(host.functions().names())
        .allSatisfy(function -> assertThat(names).anyMatch(it -> it.startsWith(function + ".")));
  }

  private URI invoke(String function) {
    return host.uri().resolve("/_local/invoke/" + function);
  }
}
