package io.vestibule.delivery.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;

/**
 * What a partner is asked.
 *
 * @param body empty for a call without one
 * @param longestAnswer so much of the answer is read, in bytes
 */
public record Call(
    String method,
    URI url,
    Map<String, String> headers,
    String contentType,
    byte[] body,
    int longestAnswer) {

  private static final int USUAL = 4_096;
  private static final String JSON = "application/json";

  /** A call with JSON. */
  public static Call json(String method, URI url, Map<String, String> headers, byte[] json) {
    return new Call(method, url, headers, JSON, json, USUAL);
  }

  /** A call with JSON. */
  public static Call json(String method, URI url, Map<String, String> headers, JsonNode json) {
    return json(method, url, headers, json.toString().getBytes(UTF_8));
  }

  /** A form that is posted. */
  public static Call form(URI url, Map<String, String> values) {
    var body =
        values.entrySet().stream()
            .map(
                it ->
                    URLEncoder.encode(it.getKey(), UTF_8)
                        + "="
                        + URLEncoder.encode(it.getValue(), UTF_8))
            .collect(joining("&"));
    return new Call(
        "POST", url, Map.of(), "application/x-www-form-urlencoded", body.getBytes(UTF_8), USUAL);
  }

  /** A call without a body. */
  public static Call plain(String method, URI url, Map<String, String> headers) {
    return new Call(method, url, headers, JSON, new byte[0], USUAL);
  }

  /** The same call, of whose answer more is read. */
  public Call reading(int bytes) {
    return new Call(method, url, headers, contentType, body, bytes);
  }

  /** Neither address nor headers nor body: a secret may be in each. */
  @Override
  public String toString() {
    return "Call(" + method + ")";
  }
}
