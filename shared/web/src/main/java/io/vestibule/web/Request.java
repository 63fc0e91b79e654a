package io.vestibule.web;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  public static Request of(APIGatewayV2HTTPEvent event) {
    return new Request(
        event.getRequestContext().getHttp().getMethod(),
        event.getRawPath(),
        withoutMethod(event.getRouteKey()),
        orEmpty(event.getPathParameters()),
        orEmpty(event.getQueryStringParameters()),
        orEmpty(event.getHeaders()),
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

  private static Map<String, String> orEmpty(@Nullable Map<String, String> values) {
    return Objects.requireNonNullElse(values, Map.of());
  }

  /** Route keys are {@code ANY /forms/{form}} and the like: methods are our own business. */
  private static String withoutMethod(String routeKey) {
    return routeKey.substring(routeKey.indexOf(' ') + 1);
  }

  private static byte[] body(APIGatewayV2HTTPEvent event) {
    String body = Objects.requireNonNullElse(event.getBody(), "");
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }
}
