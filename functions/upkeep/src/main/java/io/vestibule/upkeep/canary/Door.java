package io.vestibule.upkeep.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.store.TimeLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The installation as everybody sees it: by its public address. */
final class Door {

  private static final String JSON = "application/json";
  private static final String HTML = "text/html";
  private static final Duration CONNECTS = Duration.ofSeconds(5);

  /** A little more than a function at the door may take. */
  private static final Duration ANSWERS = Duration.ofSeconds(12);

  /** Of nothing that there is; a token that is whole, else the page would say that it is not. */
  private static final String DEAD_LINK =
      "/verify/s%s?token=%s&lang=en&form=".formatted("A".repeat(22), "A".repeat(43));

  private final HttpClient http;
  private final URI publicUrl;
  private final Duration answers;

  Door(URI publicUrl, TimeLimits limits) {
    this.publicUrl = publicUrl;
    this.http = HttpClient.newBuilder().connectTimeout(limits.limit(CONNECTS)).build();
    this.answers = limits.limit(ANSWERS);
  }

  /**
   * What came back.
   *
   * @param status of HTTP; 0 if nobody answered
   */
  record Answer(int status, String body) {

    /** As JSON; a missing node if it is none. */
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException e) {
        return Json.MAPPER.missingNode();
      }
    }
  }

  /** The path of a form. */
  static String path(String form) {
    return "/forms/" + form;
  }

  Answer formPage(String form) {
    return send(to(path(form)).header("Accept", HTML));
  }

  /** A form as a program sees it, with the challenge if it asks for work. */
  Answer formDocument(String form) {
    return send(to(path(form)).header("Accept", JSON));
  }

  /** Hands a form in; the same again under the same key is one submission. */
  Answer post(String form, String key, JsonNode body) {
    return send(
        to(path(form))
            .header("Accept", JSON)
            .header("Accept-Language", "en")
            .header("Content-Type", JSON)
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body.toString())));
  }

  Answer deadLink(String form) {
    return send(to(DEAD_LINK + form).header("Accept", HTML));
  }

  /** The page behind a link of ours. */
  Answer open(URI link) {
    return send(HttpRequest.newBuilder(link).timeout(answers).header("Accept", HTML));
  }

  /** Presses the button of that page: the one that gives no consent. */
  Answer press(URI link) {
    return send(
        to(link.getPath())
            .header("Accept", HTML)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    link.getQuery().replaceFirst("^token=([^&]+).*", "_lang=en&token=$1"))));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(publicUrl.resolve(path)).timeout(answers);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Answer(0, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The function was stopped meanwhile", e);
    }
  }
}
