package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A request of a visitor who is not there, as API Gateway would hand it over: for rehearsals.
 *
 * @param route as the template has it
 */
public record Visit(
    String method,
    String route,
    Map<String, String> parameters,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  /** How browsers say that they want a page, and programs that they want a document. */
  public static final String PAGE = "text/html,application/xhtml+xml,*/*;q=0.8";

  public static final String DOCUMENT = "application/json";

  /** Somebody looks. */
  public static Visit get(String route, Map<String, String> parameters, String accept) {
    return new Visit("GET", route, parameters, Map.of(), headers(accept), "");
  }

  /** Somebody sends an HTML form. */
  public static Visit form(String route, Map<String, String> parameters, String body) {
    return new Visit("POST", route, parameters, Map.of(), headers(PAGE), body)
        .with("content-type", "application/x-www-form-urlencoded");
  }

  /** A program sends JSON. */
  public static Visit json(String route, Map<String, String> parameters, JsonNode body) {
    return new Visit("POST", route, parameters, Map.of(), headers(DOCUMENT), body.toString())
        .with("content-type", "application/json");
  }

  /** The same with one more header. */
  public Visit with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Visit(method, route, parameters, query, more, body);
  }

  /** The same with a query. */
  public Visit asking(Map<String, String> query) {
    return new Visit(method, route, parameters, query, headers, body);
  }

  private static Map<String, String> headers(String accept) {
    return Map.of("accept", accept, "accept-language", "en-GB,en;q=0.9", "user-agent", "rehearsal");
  }

  /**
   * Has a function answer, from bytes to bytes.
   *
   * @return the status of the answer
   * @throws IllegalStateException the function could not answer
   */
  public int by(Function<JsonNode, ObjectNode> function) throws IOException {
    var event = Json.MAPPER.readTree(new ByteArrayInputStream(event()));
    var answer = function.apply(event);
    Json.MAPPER.writeValue(OutputStream.nullOutputStream(), answer);
    int status = answer.path("statusCode").intValue();
    if (status >= 500) {
      throw new IllegalStateException("%s %s: %d".formatted(method, route, status));
    }
    return status;
  }

  /**
   * Has a function answer as it should.
   *
   * @throws IllegalStateException it did not
   */
  public void by(Function<JsonNode, ObjectNode> function, int expected) throws IOException {
    int status = by(function);
    if (status != expected) {
      throw new IllegalStateException("%s %s: %d".formatted(method, route, status));
    }
  }

  private byte[] event() throws IOException {
    var event =
        Json.MAPPER
            .createObjectNode()
            .put("version", "2.0")
            .put("routeKey", "ANY " + route)
            .put("rawPath", route)
            .put("body", body)
            .put("isBase64Encoded", false);
    event.putObject("requestContext").putObject("http").put("method", method);
    event.set("pathParameters", Json.MAPPER.valueToTree(parameters));
    event.set("queryStringParameters", Json.MAPPER.valueToTree(query));
    event.set("headers", Json.MAPPER.valueToTree(headers));
    return Json.MAPPER.writeValueAsBytes(event);
  }
}
