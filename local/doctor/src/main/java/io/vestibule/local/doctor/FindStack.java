package io.vestibule.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.checkup.AwsQuery;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.w3c.dom.Document;

/** Finds out what a stack is made of. */
final class FindStack {

  /** The stack that runs on this machine. */
  static final String LOCAL = "local";

  private FindStack() {}

  /**
   * A stack, and whom to ask about it.
   *
   * @param aws where it is
   */
  record Found(Installed stack, Aws aws) {}

  /** The stack of this name, or what runs on this machine if it is called {@code local}. */
  static Found of(String name, URI run) throws IOException, InterruptedException {
    return name.equals(LOCAL) ? local(run) : deployed(name, Aws.ofThisUser());
  }

  /**
   * A stack that CloudFormation has made.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException there is none, or AWS refuses
   */
  static Found deployed(String name, Aws aws) {
    var answer =
        new AwsQuery(aws.access(), "cloudformation", "2010-05-15", Aws.PATIENCE)
            .ask("DescribeStacks", Map.of("StackName", name));
    var stack =
        new Installed(
            name,
            false,
            Instant.now(),
            pairs(answer, "Parameters", "Parameter"),
            pairs(answer, "Outputs", "Output"));
    return new Found(stack, aws);
  }

  private static Map<String, String> pairs(Document answer, String list, String kind) {
    var pairs = new HashMap<String, String>();
    AwsQuery.members(answer, list)
        .forEach(
            it -> pairs.put(AwsQuery.text(it, kind + "Key"), AwsQuery.text(it, kind + "Value")));
    return pairs;
  }

  /**
   * The run on this machine.
   *
   * @param run its address
   * @throws IOException none answers there
   */
  static Found local(URI run) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(run.resolve("/_local/stack")).build();
      var answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IOException("No run answers at " + run);
      }
      var json = Json.MAPPER.readTree(answer.body());
      var stack =
          new Installed(
              "local",
              true,
              Instant.parse(json.path("now").asText()),
              pairs(json.path("parameters")),
              pairs(json.path("outputs")));
      var aws = URI.create(json.path("aws").asText());
      return new Found(stack, Aws.local(aws, json.path("region").asText()));
    }
  }

  private static Map<String, String> pairs(JsonNode json) {
    var pairs = new HashMap<String, String>();
    json.properties().forEach(it -> pairs.put(it.getKey(), it.getValue().asText()));
    return pairs;
  }
}
