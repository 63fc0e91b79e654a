package io.vestibule.local.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request in AWS's query protocol: a form that is posted.
 *
 * @param parameters all of them, {@code Action} too
 */
public record QueryRequest(Map<String, String> parameters) {

  public static QueryRequest of(Backend.Request request) {
    var parameters = new TreeMap<String, String>();
    for (var pair : new String(request.body(), UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return new QueryRequest(parameters);
  }

  /** The operation, by its name in AWS's API reference. */
  public Optional<String> action() {
    return text("Action");
  }

  public Optional<String> text(String parameter) {
    return Optional.ofNullable(parameters.get(parameter));
  }

  /** A refusal as this protocol carries it. */
  public static Backend.Response refusal(int status, String code, String message) {
    return xml(
        status,
        """
        <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>
        """
            .formatted(code, escaped(message)));
  }

  public static Backend.Response xml(int status, String xml) {
    return new Backend.Response(status, Map.of("Content-Type", "text/xml"), xml.getBytes(UTF_8));
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
