package io.vestibule.local.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.checkup.AwsPost;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The keys that StaffFunction used on a day, as KMS tells it and not StaffFunction: what CloudTrail
 * has, or the log of the run on this machine.
 */
final class Unwrappings {

  private static final String FUNCTION = "StaffFunction";

  /** CloudTrail lets itself be asked twice a second. */
  private static final Duration BETWEEN_PAGES = Duration.ofMillis(600);

  private Unwrappings() {}

  /** Of the run on this machine, which keeps the latest 200 calls of each function. */
  static List<Unwrapping> local(URI run, LocalDate day) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(run.resolve("/_local/calls")).build();
      var calls = Json.MAPPER.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
      return calls
          .valueStream()
          .filter(it -> it.path("function").asText().equals(FUNCTION))
          .filter(it -> it.path("operation").asText().equals("Decrypt"))
          .filter(it -> !it.path("denied").asBoolean())
          .flatMap(it -> of(it.path("at"), it.path("context")))
          .filter(it -> it.at().atOffset(ZoneOffset.UTC).toLocalDate().equals(day))
          .toList();
    }
  }

  /**
   * Of a stack, from CloudTrail's history of the last 90 days.
   *
   * @param function as it is called in the account: so is the session that it calls KMS in
   * @throws SdkClientException CloudTrail refuses, or does not answer
   */
  static List<Unwrapping> deployed(Aws aws, String function, LocalDate day)
      throws IOException, InterruptedException {
    var found = new ArrayList<Unwrapping>();
    var next = Optional.<String>empty();
    do {
      var page = page(aws, function, day, next);
      for (var event : page.path("Events")) {
        var told = Json.MAPPER.readTree(event.path("CloudTrailEvent").asText());
        if (told.path("eventName").asText().equals("Decrypt") && !told.has("errorCode")) {
          of(told.path("eventTime"), told.at("/requestParameters/encryptionContext"))
              .forEach(found::add);
        }
      }
      next = Optional.ofNullable(page.path("NextToken").textValue());
      if (next.isPresent()) {
        Thread.sleep(BETWEEN_PAGES);
      }
    } while (next.isPresent());
    return found;
  }

  private static JsonNode page(Aws aws, String function, LocalDate day, Optional<String> next)
      throws IOException {
    var question = Json.MAPPER.createObjectNode();
    question
        .putArray("LookupAttributes")
        .addObject()
        .put("AttributeKey", "Username")
        .put("AttributeValue", function);
    question
        .put("StartTime", day.atStartOfDay(ZoneOffset.UTC).toEpochSecond())
        .put("EndTime", day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    next.ifPresent(it -> question.put("NextToken", it));
    var answer =
        new AwsPost(aws.access(), "cloudtrail", Aws.PATIENCE)
            .send(
                Map.of(
                    "Content-Type", "application/x-amz-json-1.1",
                    "X-Amz-Target",
                        "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents"),
                question.toString().getBytes(UTF_8));
    var json = Json.MAPPER.readTree(answer.body());
    if (!answer.ok()) {
      throw SdkClientException.create(json.path("__type").asText());
    }
    return json;
  }

  /** Keys of the installation, and not of persons, have no customer in their context. */
  private static Stream<Unwrapping> of(JsonNode at, JsonNode context) {
    return Stream.ofNullable(context.path("customer").textValue())
        .map(it -> new Unwrapping(Instant.parse(at.asText()), it));
  }
}
