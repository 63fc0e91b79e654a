package io.vestibule.local.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.aws.Backend.Response;
import java.util.Map;

/** A denied request's answer, as each of AWS's protocols puts it; SDKs do not retry any of them. */
public final class Refusal {

  private Refusal() {}

  /**
   * Answers access denied.
   *
   * @param service the service that the request was signed for
   */
  public static Response of(String service, String message) {
    return switch (service) {
      case "s3" -> s3(message);
      case "ses" -> json(403, "AccessDeniedException", "message", message);
      case "dynamodb" ->
          json(400, "com.amazon.coral.service#AccessDeniedException", "Message", message);
      default -> json(400, "AccessDeniedException", "Message", message);
    };
  }

  private static Response json(int status, String type, String messageMember, String message) {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("__type", type)
            .put(messageMember, message)
            .toString();
    return new Response(
        status,
        Map.of(
            "Content-Type",
            "application/x-amz-json-1.0",
            "x-amzn-ErrorType",
            type.substring(type.indexOf('#') + 1)),
        body.getBytes(UTF_8));
  }

  private static Response s3(String message) {
    String text = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String body =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Error><Code>AccessDenied</Code><Message>%s</Message></Error>
        """
            .formatted(text);
    return new Response(403, Map.of("Content-Type", "application/xml"), body.getBytes(UTF_8));
  }
}
