package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What partners refuse: as strict as the real ones are, or as their papers say. It is written from
 * those papers, and not from the code that calls.
 */
final class PartnerChecks {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
  private static final Duration BOTS_APART = Duration.ofHours(1);
  private static final int LARGEST = 20_000;

  private final WebRequest request;
  private final JsonNode body;
  private final List<String> keys;
  private final Instant now;

  private PartnerChecks(WebRequest request, JsonNode body, List<String> keys, Instant now) {
    this.request = request;
    this.body = body;
    this.keys = keys;
    this.now = now;
  }

  /**
   * Checks a call.
   *
   * @param door what is called: {@code hook}, or a bot
   * @return the answer to one that is refused
   */
  static Optional<WebResponse> refusal(
      String door, WebRequest request, Optional<String> secret, Instant now) {
    try {
      JsonNode body = JSON.readTree(request.body());
      var keys =
          JSON.readTree(secret.orElse("{}")).path("keys").valueStream().map(JsonNode::asText);
      var checks = new PartnerChecks(request, body, keys.toList(), now);
      return switch (door) {
        case "hook" -> checks.webhook();
        case "feishu" -> checks.feishu();
        case "dingtalk" -> checks.dingtalk();
        case "slack" -> checks.slack();
        default -> Optional.of(WebResponse.message(404, "There is no such door"));
      };
    } catch (IOException e) {
      return Optional.of(WebResponse.message(400, "No JSON"));
    }
  }

  private Optional<WebResponse> webhook() {
    String id = header("webhook-id");
    String timestamp = header("webhook-timestamp");
    if (!isCall() || id.isEmpty() || id.contains(".") || !timestamp.matches("[0-9]{1,12}")) {
      return refused(400, "No call as Standard Webhooks has it");
    }
    if (!body.path("type").isTextual()
        || !body.path("timestamp").isTextual()
        || !body.path("data").isObject()) {
      return refused(400, "type, timestamp and data are wanted");
    }
    String signed = id + "." + timestamp + "." + new String(request.body(), UTF_8);
    boolean isOurs =
        isNear(Instant.ofEpochSecond(Long.parseLong(timestamp)), CLOCKS_APART)
            && keys.stream()
                .map(key -> "v1," + hmac(Base64.getDecoder().decode(key.substring(6)), signed))
                .anyMatch(
                    valid ->
                        Stream.of(header("webhook-signature").split(" "))
                            .anyMatch(given -> isSame(given, valid)));
    return isOurs ? Optional.empty() : refused(401, "The signature does not match");
  }

  private Optional<WebResponse> feishu() {
    String timestamp = body.path("timestamp").asText();
    if (!isCall() || !body.path("content").path("text").isTextual()) {
      return said("{\"code\":9499,\"msg\":\"Bad Request\"}");
    }
    boolean isOurs =
        timestamp.matches("[0-9]{1,12}")
            && isNear(Instant.ofEpochSecond(Long.parseLong(timestamp)), BOTS_APART)
            && keys.stream()
                .map(key -> hmac((timestamp + "\n" + key).getBytes(UTF_8), ""))
                .anyMatch(valid -> isSame(body.path("sign").asText(), valid));
    return isOurs ? Optional.empty() : said("{\"code\":19021,\"msg\":\"sign match fail\"}");
  }

  private Optional<WebResponse> dingtalk() {
    String timestamp = parameter("timestamp");
    if (!isCall() || !body.path("markdown").path("text").isTextual()) {
      return said("{\"errcode\":400101,\"errmsg\":\"bad request\"}");
    }
    boolean isOurs =
        timestamp.matches("[0-9]{1,15}")
            && isNear(Instant.ofEpochMilli(Long.parseLong(timestamp)), BOTS_APART)
            && keys.stream()
                .map(key -> hmac(key.getBytes(UTF_8), timestamp + "\n" + key))
                .anyMatch(valid -> isSame(parameter("sign"), valid));
    return isOurs ? Optional.empty() : said("{\"errcode\":310000,\"errmsg\":\"sign not match\"}");
  }

  private Optional<WebResponse> slack() {
    return isCall() && body.path("text").isTextual()
        ? Optional.empty()
        : Optional.of(WebResponse.text(400, "text/plain", "invalid_payload"));
  }

  /** How each answers that all is well. */
  static WebResponse taken(String door) {
    return switch (door) {
      case "feishu" -> json("{\"code\":0,\"msg\":\"success\"}");
      case "dingtalk" -> json("{\"errcode\":0,\"errmsg\":\"ok\"}");
      case "slack" -> WebResponse.text(200, "text/plain", "ok");
      default -> new WebResponse(204, List.of(), new byte[0]);
    };
  }

  /** How each says that it is not, with a status that says it is. */
  static WebResponse errorIn200(String door) {
    return switch (door) {
      case "feishu" -> json("{\"code\":11232,\"msg\":\"frequency limited\"}");
      case "dingtalk" -> json("{\"errcode\":130101,\"errmsg\":\"send too fast\"}");
      case "slack" -> WebResponse.text(200, "text/plain", "no_service");
      default -> json("{\"error\":\"not today\"}");
    };
  }

  private boolean isCall() {
    return request.method().equals("POST")
        && header("content-type").startsWith("application/json")
        && request.body().length < LARGEST;
  }

  private boolean isNear(Instant time, Duration apart) {
    return Duration.between(time, now).abs().compareTo(apart) <= 0;
  }

  private String header(String name) {
    return request.header(name).orElse("");
  }

  private String parameter(String name) {
    return Stream.of(request.query().split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> WebRequest.decode(pair.substring(name.length() + 1)))
        .findFirst()
        .orElse("");
  }

  private static Optional<WebResponse> refused(int status, String message) {
    return Optional.of(WebResponse.message(status, message));
  }

  private static Optional<WebResponse> said(String json) {
    return Optional.of(json(json));
  }

  private static WebResponse json(String json) {
    return WebResponse.text(200, "application/json", json);
  }

  private static boolean isSame(String given, String valid) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), valid.getBytes(UTF_8));
  }

  private static String hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HMAC-SHA256", e);
    }
  }
}
