package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an HTTP API makes of a function's result, payload format 2.0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda function response for format 2.0</a>
 */
final class HttpApiResponses {

  /** The gateway's answer when a function fails, or returns what it cannot read. */
  static final WebResponse INTERNAL_ERROR = WebResponse.message(500, "Internal Server Error");

  private HttpApiResponses() {}

  static WebResponse response(JsonNode result) {
    if (!result.has("statusCode")) {
      return WebResponse.json(200, result);
    }
    int status = result.path("statusCode").asInt();
    if (status < 200 || status > 599) {
      return INTERNAL_ERROR;
    }
    List<Map.Entry<String, String>> headers = headers(result);
    if (headers.stream().anyMatch(HttpApiResponses::isMalformed)) {
      return INTERNAL_ERROR;
    }
    try {
      return new WebResponse(status, headers, body(result));
    } catch (IllegalArgumentException e) {
      return INTERNAL_ERROR; // Not base64.
    }
  }

  private static List<Map.Entry<String, String>> headers(JsonNode result) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    result
        .path("headers")
        .properties()
        .forEach(header -> add(headers, header.getKey(), header.getValue()));
    for (var header : result.path("multiValueHeaders").properties()) {
      header.getValue().forEach(value -> add(headers, header.getKey(), value));
    }
    result.path("cookies").forEach(cookie -> add(headers, "set-cookie", cookie));
    if (headers.stream().noneMatch(header -> header.getKey().equals("content-type"))) {
      headers.add(Map.entry("content-type", "text/plain;charset=UTF-8"));
    }
    return headers;
  }

  /** Length and connection are the gateway's own business. */
  private static void add(List<Map.Entry<String, String>> headers, String name, JsonNode value) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (!List.of("content-length", "connection", "transfer-encoding").contains(lowerCase)) {
      headers.add(Map.entry(lowerCase, value.asText()));
    }
  }

  private static boolean isMalformed(Map.Entry<String, String> header) {
    return !header.getKey().matches("[!#$%&'*+.^_`|~0-9a-z-]+")
        || header.getValue().chars().anyMatch(c -> c < ' ' && c != '\t');
  }

  private static byte[] body(JsonNode result) {
    String body = result.path("body").asText("");
    return result.path("isBase64Encoded").asBoolean()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
