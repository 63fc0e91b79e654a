package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer. Every one forbids to be stored, sniffed, or told to the next site.
 *
 * @param isBase64 whether the body is bytes, written in base64
 */
public record Reply(int status, Map<String, String> headers, String body, boolean isBase64) {

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  /** An answer of text. */
  public Reply(int status, Map<String, String> headers, String body) {
    this(status, headers, body, false);
  }

  /** An answer without content. */
  public static Reply empty(int status) {
    return new Reply(status, ALWAYS, "");
  }

  /** An answer for programs. */
  public static Reply json(int status, String contentType, JsonNode content) {
    return new Reply(status, ALWAYS, content.toString()).with("Content-Type", contentType);
  }

  /** A file to be kept, of any bytes. */
  public static Reply file(String contentType, String name, byte[] content) {
    return new Reply(200, ALWAYS, Base64.getEncoder().encodeToString(content), true)
        .with("Content-Type", contentType)
        .with("Content-Disposition", "attachment; filename=\"%s\"".formatted(name));
  }

  /** An answer for people. */
  public static Reply html(int status, String contentSecurityPolicy, String page) {
    return new Reply(status, ALWAYS, page)
        .with("Content-Type", "text/html; charset=utf-8")
        .with("Content-Security-Policy", contentSecurityPolicy);
  }

  /** Sends the browser on, with a GET. */
  public static Reply seeOther(String location) {
    return empty(303).with("Location", location);
  }

  /** Sends on for good, whatever was sent with it. */
  public static Reply permanently(String location) {
    return empty(308).with("Location", location);
  }

  /** The same answer with one more header, or with another value for one. */
  public Reply with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body, isBase64);
  }

  /** The same answer, asking to try again later. */
  public Reply retryAfter(Duration time) {
    return with("Retry-After", Long.toString(time.toSeconds()));
  }

  /** As API Gateway takes it; a HEAD gets what a GET would, without the content. */
  public ObjectNode to(Request request) {
    boolean isHead = request.method().equals("HEAD");
    var response = Json.MAPPER.createObjectNode().put("statusCode", status);
    headers.forEach(response.putObject("headers")::put);
    return response.put("body", isHead ? "" : body).put("isBase64Encoded", isBase64 && !isHead);
  }
}
