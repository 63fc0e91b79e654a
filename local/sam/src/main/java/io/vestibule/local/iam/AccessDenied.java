package io.vestibule.local.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.local.aws.Backend.Response;
import io.vestibule.local.aws.QueryRequest;
import io.vestibule.local.aws.Refusal;
import java.util.Map;

/** A denied request's answer, as each of AWS's protocols puts it; SDKs do not retry any of them. */
public final class AccessDenied {

  private AccessDenied() {}

  /**
   * Answers access denied.
   *
   * @param service the service that the request was signed for
   */
  public static Response response(String service, String message) {
    return switch (service) {
      case "s3" -> s3(message);
      case "monitoring" -> QueryRequest.refusal(403, "AccessDenied", message);
      case "ses" -> json(403, message).response("application/json");
      case "dynamodb" -> json(400, message).response("application/x-amz-json-1.0");
      default -> json(400, message).response("application/x-amz-json-1.1");
    };
  }

  private static Refusal json(int status, String message) {
    return new Refusal(status, "AccessDeniedException", message);
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
