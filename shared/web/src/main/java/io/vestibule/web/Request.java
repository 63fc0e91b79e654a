package io.vestibule.web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request, as API Gateway's HTTP API hands it over (payload format 2.0).
 *
 * @param path as it was sent, without the query
 * @param route the path as the template has it, such as {@code /forms/{form}}, or {@code $default}
 * @param parameters from the path, decoded
 * @param query decoded; a name that was given twice has its values joined by commas
 * @param headers by their names in lower case
 */
public record Request(
    String method,
    String path,
    String route,
    Map<String, String> parameters,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body) {

  /** Stands for one of which nothing could be read. */
  static final Request UNKNOWN =
      new Request("GET", "", "", Map.of(), Map.of(), Map.of(), new byte[0]);

  /**
   * Reads the event.
   *
   * @throws RuntimeException of any kind if it is not as API Gateway makes them
   */
  public static Request of(JsonNode event) {
    return new Request(
        text(event.required("requestContext").required("http"), "method"),
        text(event, "rawPath"),
        withoutMethod(text(event, "routeKey")),
        texts(event.path("pathParameters")),
        texts(event.path("queryStringParameters")),
        texts(event.path("headers")),
        body(event));
  }

  /** A parameter of the path; empty if the route has none of this name. */
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A value from the query. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header, by its name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /**
   * Whether the answer is read by a program: it accepts JSON, or it sends JSON and does not ask for
   * a page. No browser names JSON when a person submits a form.
   */
  public boolean wantsJson() {
    return acceptsJson() || (!accept().contains("text/html") && sendsJson());
  }

  /** Whether {@code Accept} names JSON. */
  public boolean acceptsJson() {
    return accept().contains("json");
  }

  private String accept() {
    return header("accept").orElse("").toLowerCase(Locale.ROOT);
  }

  /** Whether the body says of itself that it is JSON. */
  public boolean sendsJson() {
    return header("content-type").orElse("").toLowerCase(Locale.ROOT).contains("json");
  }

  /**
   * Whether the browser says that its user's data is not to be sold or shared ({@code Sec-GPC: 1},
   * Global Privacy Control). Any other value says nothing.
   */
  public boolean optsOut() {
    return header("sec-gpc").filter("1"::equals).isPresent();
  }

  private static String text(JsonNode from, String member) {
    return requireNonNull(from.required(member).textValue());
  }

  private static Map<String, String> texts(JsonNode members) {
    var texts = new LinkedHashMap<String, String>();
    members.forEachEntry((name, value) -> texts.put(name, requireNonNull(value.textValue())));
    return texts;
  }

  /** Route keys are {@code ANY /forms/{form}} and the like: methods are our own business. */
  private static String withoutMethod(String routeKey) {
    return routeKey.substring(routeKey.indexOf(' ') + 1);
  }

  private static byte[] body(JsonNode event) {
    String body = event.path("body").asText("");
    return event.path("isBase64Encoded").booleanValue()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
