package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Requests as an HTTP API hands them to a function, payload format 2.0.
 *
 * <p>{@code rawPath} is decoded, whatever its name says: HTTP APIs do so, and route by the decoded
 * path ({@code %2f} is a slash then); nothing else in it is normalised.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
final class HttpApiEvents {

  private static final DateTimeFormatter COMMON_LOG_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HttpApiEvents() {}

  static ObjectNode event(WebRequest request, Routes.Match route, String account, Instant now) {
    String path = WebRequest.decode(request.path());
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", "2.0")
            .put("routeKey", route.key())
            .put("rawPath", path)
            .put("rawQueryString", request.query());
    request.header("cookie").ifPresent(cookies -> putCookies(event, cookies));
    ObjectNode headers = event.putObject("headers");
    request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
    headers.remove("cookie");
    headers.put("x-forwarded-for", "127.0.0.1").put("x-forwarded-proto", "http");
    put(event, "queryStringParameters", parameters(request.query()));
    put(event, "pathParameters", route.pathParameters());
    event.set("requestContext", context(request, path, route.key(), account, now));
    putBody(event, request);
    return event;
  }

  private static ObjectNode context(
      WebRequest request, String path, String routeKey, String account, Instant now) {
    String host = request.header("host").orElse("localhost");
    ObjectNode context =
        JsonNodeFactory.instance
            .objectNode()
            .put("accountId", account)
            .put("apiId", "local")
            .put("domainName", host)
            .put("domainPrefix", host.replaceFirst("[.:].*", ""))
            .put("requestId", UUID.randomUUID().toString())
            .put("routeKey", routeKey)
            .put("stage", "$default")
            .put("time", COMMON_LOG_TIME.format(now))
            .put("timeEpoch", now.toEpochMilli());
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", path)
        .put("protocol", request.protocol())
        .put("sourceIp", "127.0.0.1")
        .put("userAgent", request.header("user-agent").orElse(""));
    return context;
  }

  private static void putCookies(ObjectNode event, String cookies) {
    var values = event.putArray("cookies");
    for (String cookie : cookies.split(";", -1)) {
      values.add(cookie.strip());
    }
  }

  /** By name; the values of one that is there more than once are joined by commas. */
  private static Map<String, String> parameters(String query) {
    var parameters = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (!pair.isEmpty()) {
        parameters.merge(decodeQuery(name), decodeQuery(value), (a, b) -> a + "," + b);
      }
    }
    return parameters;
  }

  private static String decodeQuery(String text) {
    return WebRequest.decode(text.replace('+', ' '));
  }

  private static void put(ObjectNode event, String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      values.forEach(event.putObject(name)::put);
    }
  }

  private static void putBody(ObjectNode event, WebRequest request) {
    boolean binary = request.body().length > 0 && !isText(request);
    if (binary) {
      event.put("body", Base64.getEncoder().encodeToString(request.body()));
    } else if (request.body().length > 0) {
      event.put("body", new String(request.body(), StandardCharsets.UTF_8));
    }
    event.put("isBase64Encoded", binary);
  }

  /** The types that come as text; all others, form posts among them, come in base64. */
  private static boolean isText(WebRequest request) {
    String type =
        request
            .header("content-type")
            .orElse("")
            .replaceFirst(";.*", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    return request.header("content-encoding").isEmpty()
        && (type.startsWith("text/")
            || type.equals("application/json")
            || type.equals("application/javascript")
            || type.equals("application/xml"));
  }
}
