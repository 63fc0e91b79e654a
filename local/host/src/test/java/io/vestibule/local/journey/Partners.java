package io.vestibule.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.LocalHost;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Partners who are told by webhooks, as they see it. */
public record Partners(LocalHost host) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * Writes the file of a target, for a run that is started later.
   *
   * @param more members of the file, among them {@code purpose} or {@code ground}
   */
  public static void write(Path folder, String target, String more) throws IOException {
    var file =
        """
        {"kind": "webhook", "url": "http://localhost:{port}/_local/partners/%s/hook", \
        "content": "full", %s}"""
            .formatted(target, more);
    Files.writeString(folder.resolve(target + ".json"), file);
  }

  /** The calls of one type that a partner took, oldest first. */
  public List<JsonNode> taken(String target, String type) {
    return taken(target).filter(body -> body.path("type").asText().equals(type)).toList();
  }

  /** The calls about one person that a partner took, oldest first. */
  public List<JsonNode> about(String target, String customer) {
    return taken(target)
        .filter(body -> body.at("/data/customer").asText().equals(customer))
        .toList();
  }

  /** What a partner has taken who takes each id once, as the standard has it; oldest first. */
  public List<JsonNode> once(String target) {
    var ids = new HashSet<String>();
    return calls(target).stream()
        .filter(call -> call.path("answered").asInt() < 300)
        .filter(call -> ids.add(call.at("/headers/webhook-id").asText()))
        .map(Partners::body)
        .toList();
  }

  private Stream<JsonNode> taken(String target) {
    return calls(target).stream()
        .filter(call -> call.path("answered").asInt() < 300)
        .map(Partners::body);
  }

  /** All calls, oldest first: when, with which headers, and how they were answered. */
  public List<JsonNode> calls(String target) {
    return json(send(HttpRequest.newBuilder().GET(), target)).valueStream().toList();
  }

  /** What a call said. */
  public static JsonNode body(JsonNode call) {
    return json(call.path("body").asText());
  }

  /** How a partner answers from now on. */
  public void answer(String target, String behaviour) {
    send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(behaviour)), target);
  }

  private String send(HttpRequest.Builder request, String target) {
    try {
      var uri = host.uri().resolve("/_local/partners/" + target);
      return HTTP.send(request.uri(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
